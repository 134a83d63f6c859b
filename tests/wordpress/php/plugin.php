<?php
// A must-use plugin. Debian's Indonesian strings are of 2011 ("surel"); sites of today say "email".
// Articles with an even number speak as today's, the others as Debian's: both forms must be cut.
const TODAY = array(
    'Leave a comment' => 'Tinggalkan Balasan',
    'Your email address will not be published.' => 'Alamat email Anda tidak akan dipublikasikan.',
    'Required fields are marked %s' => 'Ruas yang wajib ditandai %s',
    'Cancel reply' => 'Batalkan balasan',
    'Post Comment' => 'Kirim Komentar',
    'Save my name, email, and website in this browser for the next time I comment.' => 'Simpan nama, email, dan situs web saya pada peramban ini untuk komentar saya berikutnya.',
);
add_filter('gettext', function ($translated, $text) {
    return isset(TODAY[$text]) && get_queried_object_id() % 2 === 0 ? TODAY[$text] : $translated;
}, 10, 2);
