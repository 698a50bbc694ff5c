-- What was marked as unread stays so until it is opened, whatever was read of it before.
alter table issue_seen add column marked_unread boolean not null default false;
grant update (marked_unread) on issue_seen to gs_app;
