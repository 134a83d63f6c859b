//! What is written, read by the library's own reader.

use std::io::Write as _;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::RowAccessor;

use super::ParquetWriter;
use crate::export::fixtures::{row, version};

fn written(rows: i64) -> Vec<u8> {
    let mut writer = ParquetWriter::new(Vec::new()).unwrap();
    for n in 1..=rows {
        let mut version = version(1 + (n - 1) % 9, &format!("Judul {n}"), &["Satu \"kata\",", "dua\tkata."]);
        version.article.authors = (1..n % 4).map(|k| format!("Penulis {k}")).collect();
        version.article.section = (n % 2 == 0).then(|| "Ekonomi".to_owned());
        writer.row(&row(1, 9), &version).unwrap();
    }
    writer.finish().unwrap()
}

fn reader(bytes: &[u8]) -> SerializedFileReader<std::fs::File> {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    SerializedFileReader::new(file).unwrap()
}

#[test]
fn a_row_comes_back_as_it_was() {
    let bytes = written(9);
    assert_eq!(bytes, written(9), "same input, same bytes");
    let reader = reader(&bytes);
    let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 9);
    for (n, row) in (1_i64..).zip(&rows) {
        let names: Vec<&String> = row.get_column_iter().map(|(name, _)| name).collect();
        let at = |name: &str| names.iter().position(|known| *known == name).unwrap();
        assert_eq!(row.get_long(at("version")).unwrap(), n);
        assert_eq!(row.get_string(at("title")).unwrap(), &format!("Judul {n}"));
        assert_eq!(row.get_string(at("body")).unwrap(), "Satu \"kata\",\n\ndua\tkata.");
        assert_eq!(row.get_list(at("authors")).unwrap().len() as i64, (n % 4 - 1).max(0));
        assert_eq!(row.get_string(at("section")).is_ok(), n % 2 == 0);
    }
}

#[test]
fn an_empty_table_is_a_table_and_a_long_one_has_groups() {
    let groups = |rows| {
        let reader = reader(&written(rows));
        let meta = reader.metadata();
        (meta.num_row_groups(), meta.file_metadata().num_rows())
    };
    assert_eq!(groups(0), (0, 0));
    assert_eq!(groups(20_001), (2, 20_001));
}

#[test]
fn a_full_disk_is_told() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut writer = ParquetWriter::new(Full).unwrap();
    writer.row(&row(1, 9), &version(1, "x", &["y"])).unwrap();
    let error = writer.finish().err().unwrap();
    assert_eq!(error.code(), "export_output");
    assert!(error.to_string().contains("storage"), "{error}");
}
