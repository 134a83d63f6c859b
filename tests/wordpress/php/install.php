<?php
// php install.php: makes the database and installs WordPress in the current folder, in Indonesian.
define('WP_INSTALLING', true);
$db = new mysqli('localhost', 'root', '', '', 0, getenv('PRESS_SOCKET'));
$db->query('CREATE DATABASE press CHARACTER SET utf8mb4');
require getcwd() . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
add_filter('pre_wp_mail', '__return_true');
wp_install('Kabar Teraju', 'redaksi', 'redaksi@example.test', true, '', 'test-pass', 'id_ID');
foreach (array(
    'WPLANG' => 'id_ID', 'timezone_string' => 'Asia/Jakarta', 'date_format' => 'j F Y', 'time_format' => 'H:i',
    'blogdescription' => 'Berita dari pulau yang tidak ada', 'show_avatars' => 0, 'posts_per_rss' => 10,
    'comment_moderation' => 0, 'comment_previously_approved' => 0, 'thread_comments' => 1,
) as $name => $value) {
    update_option($name, $value);
}
wp_delete_post(1, true); // "Hello world!"
wp_delete_post(2, true); // the sample page
$wp_rewrite->set_permalink_structure('/%year%/%monthnum%/%day%/%postname%/');
switch_theme(getenv('PRESS_THEME') ?: 'twentytwentyone');
