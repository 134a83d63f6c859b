-- What a feed says of a page is kept with the address until the page was read: where the page itself
-- gives no text, the feed's stands in for it. Emptied when the address is settled.
ALTER TABLE queue ADD COLUMN content TEXT;
