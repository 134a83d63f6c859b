<?php
// wp-config.php of the test site: everything from the environment, nothing leaves loopback.
define('DB_NAME', 'press');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:' . getenv('PRESS_SOCKET'));
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
foreach (array('AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE') as $name) {
    define($name . '_KEY', 'test key ' . $name);
    define($name . '_SALT', 'test salt ' . $name);
}
$table_prefix = 'wp_';
define('WP_HOME', 'http://' . getenv('PRESS_HOST'));
define('WP_SITEURL', WP_HOME);
$_SERVER += array('HTTP_HOST' => getenv('PRESS_HOST'), 'SERVER_PROTOCOL' => 'HTTP/1.1', 'REQUEST_METHOD' => 'GET', 'REQUEST_URI' => '/');
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('DISALLOW_FILE_MODS', true);
define('WP_DEBUG', false);
if (!defined('ABSPATH')) {
    define('ABSPATH', __DIR__ . '/');
}
require_once ABSPATH . 'wp-settings.php';
