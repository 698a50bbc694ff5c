-- The members of a topic in the order of every list, with what the wall asks: a topic is counted, sampled and paged through
-- from this index alone.
create index topic_signals_in_order on topic_signals (topic_id, at desc, signal_id desc) include (compartment);
drop index topic_signals_topic;
