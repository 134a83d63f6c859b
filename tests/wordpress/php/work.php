<?php
// php work.php <orders.json >answers.json: does what the newsroom orders, one order after the other,
// and answers each with what WordPress made of it.
require getcwd() . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/taxonomy.php';
add_filter('pre_wp_mail', '__return_true');
kses_remove_filters();
flush_rewrite_rules(false);

/** What a reader of the page sees of a text: WordPress sets quotes and dashes itself. */
function seen($text) {
    return html_entity_decode(wptexturize($text), ENT_QUOTES | ENT_HTML5, 'UTF-8');
}

function person($name) {
    $login = sanitize_user(strtolower(str_replace(' ', '', $name)), true);
    $known = get_user_by('login', $login);
    return $known ? $known->ID : wp_insert_user(array('user_login' => $login, 'user_pass' => 'test-pass',
        'user_email' => "$login@example.test", 'display_name' => $name, 'role' => 'author'));
}

/** A picture in the library: one grey pixel, which is all that an article's markup needs. */
function picture($name, $caption) {
    $file = wp_upload_bits("$name.png", null, base64_decode('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=='));
    return wp_insert_attachment(array('post_mime_type' => 'image/png', 'post_title' => $name, 'post_excerpt' => $caption, 'post_status' => 'inherit'), $file['file']);
}

function saved($id) {
    if (is_wp_error($id)) {
        fwrite(STDERR, $id->get_error_message() . "\n");
        exit(1);
    }
    return $id;
}

function described($id) {
    $post = get_post($id);
    return array('id' => $id, 'url' => get_permalink($id), 'title' => seen($post->post_title),
        'author' => get_the_author_meta('display_name', $post->post_author), 'status' => $post->post_status,
        'published' => get_post_time('c', true, $id), 'modified' => get_post_modified_time('c', true, $id));
}

$answers = array();
foreach (json_decode(stream_get_contents(STDIN), true) as $order) {
    $id = $order['id'] ?? 0;
    $answer = array();
    switch ($order['do']) {
        case 'post':
            $fields = $order['fields'];
            $fields['post_author'] = person($order['author']);
            $fields['post_category'] = empty($order['category']) ? array() : array(wp_create_category($order['category']));
            $id = saved(wp_insert_post(wp_slash($fields), true));
            if (!empty($order['picture'])) {
                set_post_thumbnail($id, picture($order['picture'], ''));
            }
            break;
        case 'update':
            saved(wp_update_post(wp_slash(array('ID' => $id) + $order['fields']), true));
            break;
        case 'trash':
            wp_trash_post($id);
            break;
        case 'delete':
            wp_delete_post($id, true);
            break;
        case 'comment':
            foreach ($order['texts'] as $at => $text) {
                wp_insert_comment(array('comment_post_ID' => $id, 'comment_author' => 'Pembaca ' . ($at + 1), 'comment_approved' => 1,
                    'comment_author_email' => "pembaca$at@example.test", 'comment_content' => $text));
            }
            wp_update_comment_count_now($id);
            break;
        case 'theme':
            switch_theme($order['name']);
            break;
    }
    if ($id && get_post($id)) {
        $answer += described($id);
    }
    $answer['seen'] = array_map('seen', $order['seen'] ?? array());
    $answers[] = $answer;
}
echo json_encode($answers, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
