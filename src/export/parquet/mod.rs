//! A table by columns for analysts (Apache Parquet, format 2): one row a version, packed with zstd. Behind the
//! cargo feature `parquet`.

mod columns;

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use super::ExportError;
use crate::model::Version;
use crate::store::ArticleRow;
use columns::{Columns, schema};

/// Rows and bytes of text that are held before they are written as one group.
const ROWS: usize = 20_000;
const BYTES: usize = 16 << 20;

/// Writes versions as rows.
pub struct ParquetWriter<W: Write + Send> {
    file: SerializedFileWriter<W>,
    columns: Columns,
}

impl<W: Write + Send> ParquetWriter<W> {
    /// Writes the head.
    ///
    /// # Errors
    /// [`ExportError::Output`] when it cannot be written.
    pub fn new(out: W) -> Result<Self, ExportError> {
        let schema = Arc::new(parse_message_type(&schema()).map_err(named)?);
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_created_by(concat!("kliping ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let file = SerializedFileWriter::new(out, schema, Arc::new(properties)).map_err(named)?;
        Ok(Self { file, columns: Columns::default() })
    }

    /// Writes one version.
    ///
    /// # Errors
    /// [`ExportError::Output`] when it cannot be written.
    pub fn row(&mut self, row: &ArticleRow, version: &Version) -> Result<(), ExportError> {
        self.columns.add(row, version);
        if self.columns.rows >= ROWS || self.columns.bytes >= BYTES { self.end_group() } else { Ok(()) }
    }

    fn end_group(&mut self) -> Result<(), ExportError> {
        let columns = std::mem::take(&mut self.columns);
        if columns.rows == 0 {
            return Ok(());
        }
        let mut group = self.file.next_row_group().map_err(named)?;
        for column in columns.each {
            let Some(mut writer) = group.next_column().map_err(named)? else { break };
            column.write(writer.untyped()).map_err(named)?;
            writer.close().map_err(named)?;
        }
        group.close().map_err(named)?;
        Ok(())
    }

    /// Writes what is held, and the end; gives back where it went.
    ///
    /// # Errors
    /// [`ExportError::Output`] when it cannot be written.
    pub fn finish(mut self) -> Result<W, ExportError> {
        self.end_group()?;
        self.file.into_inner().map_err(named)
    }
}

/// What the library says, as an error of the output.
fn named(error: ParquetError) -> ExportError {
    let error = match error {
        ParquetError::External(inner) => match inner.downcast::<std::io::Error>() {
            Ok(io) => *io,
            Err(other) => std::io::Error::other(other),
        },
        other => std::io::Error::other(other),
    };
    ExportError::Output(error)
}

#[cfg(test)]
mod tests;
