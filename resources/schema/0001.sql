CREATE TABLE about (
	"key" VARCHAR(40) NOT NULL, 
	value VARCHAR NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	UNIQUE ("key")
);
CREATE TABLE act (
	at VARCHAR(19) NOT NULL, 
	user_name VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	records INTEGER DEFAULT '0' NOT NULL, 
	undoes INTEGER, 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	FOREIGN KEY(undoes) REFERENCES act (id), 
	UNIQUE (uid)
);
CREATE INDEX ix_act_at ON act (at);
CREATE INDEX ix_act_undoes ON act (undoes);
CREATE TABLE attachment (
	sha256 VARCHAR(64) NOT NULL, 
	media_type VARCHAR(60) NOT NULL, 
	content BLOB NOT NULL, 
	added_at VARCHAR(19) NOT NULL, 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	UNIQUE (sha256), 
	UNIQUE (uid)
);
CREATE TABLE backup_made (
	at VARCHAR(19) NOT NULL, 
	path VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	size INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	verified_at VARCHAR(19), 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	UNIQUE (uid)
);
CREATE TABLE closed_year (
	year INTEGER NOT NULL, 
	closed_at VARCHAR(19) NOT NULL, 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	UNIQUE (year), 
	UNIQUE (uid)
);
CREATE TABLE code_amendment (
	table_key VARCHAR NOT NULL, 
	code VARCHAR NOT NULL, 
	label VARCHAR NOT NULL, 
	short VARCHAR, 
	retired BOOLEAN, 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	UNIQUE (table_key, code), 
	UNIQUE (uid)
);
CREATE TABLE paper_log (
	at VARCHAR(19) NOT NULL, 
	user_name VARCHAR NOT NULL, 
	paper VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	batch VARCHAR NOT NULL, 
	way VARCHAR NOT NULL, 
	purpose VARCHAR, 
	persons INTEGER NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	UNIQUE (batch), 
	UNIQUE (uid)
);
CREATE TABLE place (
	name VARCHAR NOT NULL, 
	division VARCHAR, 
	serial INTEGER DEFAULT '0' NOT NULL, 
	note VARCHAR, 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	UNIQUE (name), 
	UNIQUE (uid)
);
CREATE TABLE round (
	title VARCHAR NOT NULL, 
	year INTEGER NOT NULL, 
	occasion VARCHAR NOT NULL, 
	day VARCHAR(10) NOT NULL, 
	rule VARCHAR NOT NULL, 
	rules VARCHAR, 
	ages_on VARCHAR(10), 
	fund VARCHAR, 
	budget INTEGER, 
	note VARCHAR, 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	UNIQUE (uid)
);
CREATE TABLE saved_view (
	register VARCHAR(40) NOT NULL, 
	title VARCHAR NOT NULL, 
	listing VARCHAR NOT NULL, 
	serial INTEGER DEFAULT '0' NOT NULL, 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	UNIQUE (uid)
);
CREATE TABLE setting (
	"key" VARCHAR(60) NOT NULL, 
	value VARCHAR NOT NULL, 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	UNIQUE ("key"), 
	UNIQUE (uid)
);
CREATE TABLE sight_log (
	at VARCHAR(19) NOT NULL, 
	user_name VARCHAR NOT NULL, 
	what VARCHAR NOT NULL, 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	UNIQUE (uid)
);
CREATE TABLE unit (
	code VARCHAR, 
	name VARCHAR NOT NULL, 
	short_name VARCHAR, 
	parent_id INTEGER, 
	nature VARCHAR, 
	subordination VARCHAR, 
	serial INTEGER DEFAULT '0' NOT NULL, 
	contact VARCHAR, 
	phone VARCHAR, 
	opened VARCHAR(10), 
	closed VARCHAR(10), 
	note VARCHAR, 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	UNIQUE (code), 
	UNIQUE (name), 
	FOREIGN KEY(parent_id) REFERENCES unit (id), 
	UNIQUE (uid)
);
CREATE INDEX ix_unit_serial ON unit (serial);
CREATE TABLE user (
	name VARCHAR NOT NULL, 
	role VARCHAR NOT NULL, 
	active BOOLEAN DEFAULT 1 NOT NULL, 
	post VARCHAR, 
	note VARCHAR, 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	UNIQUE (name), 
	UNIQUE (uid)
);
CREATE TABLE visit_standard (
	year INTEGER NOT NULL, 
	occasion VARCHAR NOT NULL, 
	payee VARCHAR DEFAULT '0' NOT NULL, 
	level VARCHAR DEFAULT '0' NOT NULL, 
	cash INTEGER, 
	goods VARCHAR, 
	times INTEGER DEFAULT '1' NOT NULL, 
	cap INTEGER, 
	basis VARCHAR, 
	note VARCHAR, 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	UNIQUE (year, occasion, payee, level), 
	UNIQUE (uid)
);
CREATE TABLE branch (
	name VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	parent_name VARCHAR, 
	unit_id INTEGER, 
	place_id INTEGER, 
	founded VARCHAR(10), 
	founded_booked VARCHAR(10), 
	approval_no VARCHAR, 
	closed VARCHAR(10), 
	closed_booked VARCHAR(10), 
	close_reason VARCHAR, 
	secretary VARCHAR, 
	phone VARCHAR, 
	elected VARCHAR(10), 
	term_years INTEGER, 
	meeting_place VARCHAR, 
	serial INTEGER DEFAULT '0' NOT NULL, 
	note VARCHAR, 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	UNIQUE (name), 
	FOREIGN KEY(unit_id) REFERENCES unit (id), 
	FOREIGN KEY(place_id) REFERENCES place (id), 
	UNIQUE (uid)
);
CREATE TABLE import_log (
	at VARCHAR(19) NOT NULL, 
	user_name VARCHAR NOT NULL, 
	file VARCHAR NOT NULL, 
	register_title VARCHAR NOT NULL, 
	policy VARCHAR NOT NULL, 
	new INTEGER NOT NULL, 
	filled INTEGER NOT NULL, 
	changed INTEGER NOT NULL, 
	same INTEGER NOT NULL, 
	held INTEGER NOT NULL, 
	act_id INTEGER NOT NULL, 
	problem_file VARCHAR, 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	FOREIGN KEY(act_id) REFERENCES act (id), 
	UNIQUE (uid)
);
CREATE INDEX ix_import_log_act_id ON import_log (act_id);
CREATE TABLE inspection (
	title VARCHAR NOT NULL, 
	round_id INTEGER NOT NULL, 
	day VARCHAR(10) NOT NULL, 
	share INTEGER NOT NULL, 
	pool INTEGER NOT NULL, 
	seed INTEGER NOT NULL, 
	checkers VARCHAR NOT NULL, 
	note VARCHAR, 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	FOREIGN KEY(round_id) REFERENCES round (id), 
	UNIQUE (uid)
);
CREATE INDEX ix_inspection_round_id ON inspection (round_id);
CREATE TABLE journal (
	act_id INTEGER NOT NULL, 
	table_name VARCHAR(40) NOT NULL, 
	row_id INTEGER NOT NULL, 
	op VARCHAR(1) NOT NULL, 
	image VARCHAR, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	FOREIGN KEY(act_id) REFERENCES act (id)
);
CREATE INDEX ix_journal_act_id ON journal (act_id);
CREATE INDEX ix_journal_row ON journal (table_name, row_id);
CREATE TABLE unit_fact (
	aspect VARCHAR(40) NOT NULL, 
	value VARCHAR, 
	since VARCHAR(10) NOT NULL, 
	booked VARCHAR(10) NOT NULL, 
	note VARCHAR, 
	owner_id INTEGER NOT NULL, 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	FOREIGN KEY(owner_id) REFERENCES unit (id), 
	UNIQUE (uid)
);
CREATE INDEX ix_unit_fact ON unit_fact (aspect, owner_id, since, booked, id, value);
CREATE INDEX ix_unit_fact_owner_id ON unit_fact (owner_id);
CREATE TABLE branch_fact (
	aspect VARCHAR(40) NOT NULL, 
	value VARCHAR, 
	since VARCHAR(10) NOT NULL, 
	booked VARCHAR(10) NOT NULL, 
	note VARCHAR, 
	owner_id INTEGER NOT NULL, 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	FOREIGN KEY(owner_id) REFERENCES branch (id), 
	UNIQUE (uid)
);
CREATE INDEX ix_branch_fact ON branch_fact (aspect, owner_id, since, booked, id, value);
CREATE INDEX ix_branch_fact_owner_id ON branch_fact (owner_id);
CREATE TABLE person (
	person_kind VARCHAR DEFAULT '1' NOT NULL, 
	name VARCHAR NOT NULL, 
	former_name VARCHAR, 
	id_no VARCHAR, 
	sex VARCHAR, 
	ethnic VARCHAR, 
	native_place VARCHAR, 
	birth_place VARCHAR, 
	marital VARCHAR, 
	education VARCHAR, 
	degree VARCHAR, 
	birth_archive VARCHAR(10), 
	birth_id VARCHAR(10), 
	lunar_birth VARCHAR(6), 
	birthday_habit VARCHAR, 
	work_start VARCHAR(10), 
	last_unit VARCHAR, 
	last_post VARCHAR, 
	top_post VARCHAR, 
	pre_level VARCHAR, 
	rank VARCHAR, 
	title VARCHAR, 
	title_level VARCHAR, 
	specialty VARCHAR, 
	honours VARCHAR, 
	retire_type VARCHAR, 
	retire_date VARCHAR(10), 
	approval_no VARCHAR, 
	approval_org VARCHAR, 
	retire_basis VARCHAR, 
	early BOOLEAN, 
	early_reason VARCHAR, 
	treatment_level VARCHAR, 
	treatment_kind VARCHAR(200), 
	era VARCHAR, 
	is_red_army BOOLEAN, 
	pension_pct INTEGER, 
	pension INTEGER, 
	pay_unit VARCHAR, 
	manage_unit_id INTEGER, 
	manage_kind VARCHAR, 
	huji VARCHAR, 
	live_division VARCHAR, 
	place_id INTEGER, 
	address VARCHAR, 
	live_mode VARCHAR, 
	remote_contact VARCHAR, 
	community VARCHAR, 
	landline VARCHAR, 
	phone VARCHAR, 
	wechat VARCHAR, 
	health VARCHAR, 
	ability VARCHAR, 
	diseases VARCHAR, 
	hospital_name VARCHAR, 
	medical_kind VARCHAR, 
	disability_no VARCHAR, 
	in_hospital BOOLEAN, 
	family_flags VARCHAR(200), 
	is_lonely BOOLEAN, 
	no_child BOOLEAN, 
	political VARCHAR, 
	party_join VARCHAR(10), 
	party_full VARCHAR(10), 
	branch_id INTEGER, 
	party_group VARCHAR, 
	branch_post VARCHAR, 
	floating BOOLEAN, 
	dues_base INTEGER, 
	fifty_medal BOOLEAN, 
	link_leader VARCHAR, 
	link_clerk VARCHAR, 
	hobby_group VARCHAR, 
	talent_kind VARCHAR, 
	social_card VARCHAR, 
	status VARCHAR DEFAULT '1' NOT NULL, 
	death_date VARCHAR(10), 
	spouse_of_id INTEGER, 
	note VARCHAR, 
	serial INTEGER, 
	photo VARCHAR(64), 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	FOREIGN KEY(manage_unit_id) REFERENCES unit (id), 
	FOREIGN KEY(place_id) REFERENCES place (id), 
	FOREIGN KEY(branch_id) REFERENCES branch (id), 
	FOREIGN KEY(spouse_of_id) REFERENCES person (id), 
	FOREIGN KEY(photo) REFERENCES attachment (sha256), 
	UNIQUE (uid)
);
CREATE INDEX ix_person_birth_archive ON person (birth_archive);
CREATE INDEX ix_person_branch_id ON person (branch_id);
CREATE INDEX ix_person_facets ON person (status, person_kind, retire_type, sex, ability, place_id, political, live_mode, family_flags, birth_archive, birth_id);
CREATE INDEX ix_person_id_no ON person (id_no);
CREATE INDEX ix_person_manage_unit_id ON person (manage_unit_id);
CREATE INDEX ix_person_phone ON person (phone);
CREATE INDEX ix_person_place_id ON person (place_id);
CREATE TABLE bank_account (
	person_id INTEGER NOT NULL, 
	holder VARCHAR NOT NULL, 
	bank VARCHAR, 
	card_no VARCHAR NOT NULL, 
	relation VARCHAR, 
	since VARCHAR(10), 
	until VARCHAR(10), 
	note VARCHAR, 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	UNIQUE (uid)
);
CREATE INDEX ix_bank_account_person_id ON bank_account (person_id);
CREATE TABLE contact (
	person_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	relation VARCHAR, 
	birth VARCHAR(10), 
	workplace VARCHAR, 
	phone VARCHAR, 
	emergency BOOLEAN, 
	guardian BOOLEAN, 
	remote BOOLEAN, 
	died BOOLEAN, 
	note VARCHAR, 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	UNIQUE (uid)
);
CREATE INDEX ix_contact_person_id ON contact (person_id);
CREATE TABLE left_out (
	round_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	reason VARCHAR NOT NULL, 
	why VARCHAR NOT NULL, 
	by_hand BOOLEAN, 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	UNIQUE (round_id, person_id), 
	FOREIGN KEY(round_id) REFERENCES round (id), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	UNIQUE (uid)
);
CREATE INDEX ix_left_out_person_id ON left_out (person_id);
CREATE INDEX ix_left_out_round_id ON left_out (round_id);
CREATE TABLE membership (
	person_id INTEGER NOT NULL, 
	branch_id INTEGER NOT NULL, 
	joined VARCHAR(10) NOT NULL, 
	joined_booked VARCHAR(10) NOT NULL, 
	"left" VARCHAR(10), 
	left_booked VARCHAR(10), 
	leave_kind VARCHAR, 
	letter_no VARCHAR, 
	note VARCHAR, 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	FOREIGN KEY(branch_id) REFERENCES branch (id), 
	UNIQUE (uid)
);
CREATE INDEX ix_membership ON membership (branch_id, "left");
CREATE INDEX ix_membership_person_id ON membership (person_id);
CREATE TABLE movement (
	person_id INTEGER NOT NULL, 
	direction INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	happened VARCHAR(10) NOT NULL, 
	booked VARCHAR(10) NOT NULL, 
	late BOOLEAN, 
	other_place VARCHAR, 
	reason VARCHAR, 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	UNIQUE (uid)
);
CREATE INDEX ix_movement_booked ON movement (booked);
CREATE INDEX ix_movement_person ON movement (person_id, booked, id, direction, kind);
CREATE TABLE person_fact (
	aspect VARCHAR(40) NOT NULL, 
	value VARCHAR, 
	since VARCHAR(10) NOT NULL, 
	booked VARCHAR(10) NOT NULL, 
	note VARCHAR, 
	owner_id INTEGER NOT NULL, 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	FOREIGN KEY(owner_id) REFERENCES person (id), 
	UNIQUE (uid)
);
CREATE INDEX ix_person_fact ON person_fact (aspect, owner_id, since, booked, id, value);
CREATE INDEX ix_person_fact_owner_id ON person_fact (owner_id);
CREATE TABLE visit (
	round_id INTEGER, 
	person_id INTEGER NOT NULL, 
	serial INTEGER, 
	reason VARCHAR NOT NULL, 
	occasion VARCHAR, 
	by_hand BOOLEAN, 
	cash INTEGER, 
	cash_reason VARCHAR, 
	goods VARCHAR, 
	receive_way VARCHAR, 
	leader VARCHAR, 
	companion VARCHAR, 
	planned VARCHAR(10), 
	state VARCHAR DEFAULT '1' NOT NULL, 
	done VARCHAR(10), 
	method VARCHAR, 
	visitors VARCHAR, 
	met VARCHAR, 
	health_change VARCHAR, 
	words VARCHAR, 
	cash_given INTEGER, 
	goods_given VARCHAR, 
	booked VARCHAR(10), 
	done_booked VARCHAR(10), 
	note VARCHAR, 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	UNIQUE (round_id, person_id), 
	FOREIGN KEY(round_id) REFERENCES round (id), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	UNIQUE (uid)
);
CREATE INDEX ix_visit_done_booked ON visit (done_booked);
CREATE INDEX ix_visit_person_id ON visit (person_id);
CREATE INDEX ix_visit_round_id ON visit (round_id);
CREATE TABLE need (
	person_id INTEGER NOT NULL, 
	said VARCHAR(10) NOT NULL, 
	channel VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	text VARCHAR, 
	visit_id INTEGER, 
	owner VARCHAR, 
	handler VARCHAR, 
	assigned VARCHAR(10), 
	due VARCHAR(10), 
	answer VARCHAR, 
	outcome VARCHAR, 
	finished VARCHAR(10), 
	asked_back VARCHAR(10), 
	satisfaction VARCHAR, 
	closed VARCHAR(10), 
	closing_note VARCHAR, 
	booked VARCHAR(10), 
	finished_booked VARCHAR(10), 
	note VARCHAR, 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	FOREIGN KEY(visit_id) REFERENCES visit (id), 
	UNIQUE (uid)
);
CREATE INDEX ix_need_person_id ON need (person_id);
CREATE INDEX ix_need_visit_id ON need (visit_id);
CREATE TABLE visit_check (
	inspection_id INTEGER NOT NULL, 
	visit_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	serial INTEGER NOT NULL, 
	place VARCHAR, 
	visited VARCHAR(10) NOT NULL, 
	visitors VARCHAR NOT NULL, 
	checkers VARCHAR NOT NULL, 
	result VARCHAR DEFAULT '1' NOT NULL, 
	checked VARCHAR(10), 
	way VARCHAR, 
	handed BOOLEAN, 
	satisfaction VARCHAR, 
	found VARCHAR, 
	remedy VARCHAR, 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	UNIQUE (visit_id), 
	FOREIGN KEY(inspection_id) REFERENCES inspection (id), 
	FOREIGN KEY(visit_id) REFERENCES visit (id), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	UNIQUE (uid)
);
CREATE INDEX ix_visit_check_inspection_id ON visit_check (inspection_id);
CREATE INDEX ix_visit_check_person_id ON visit_check (person_id);
CREATE TABLE visit_waiver (
	visit_id INTEGER NOT NULL, 
	alarm VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	operator VARCHAR NOT NULL, 
	day VARCHAR(10) NOT NULL, 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	UNIQUE (visit_id, alarm), 
	FOREIGN KEY(visit_id) REFERENCES visit (id), 
	UNIQUE (uid)
);
CREATE INDEX ix_visit_waiver_visit_id ON visit_waiver (visit_id);
CREATE TABLE reminder (
	need_id INTEGER NOT NULL, 
	day VARCHAR(10) NOT NULL, 
	way VARCHAR NOT NULL, 
	"by" VARCHAR NOT NULL, 
	promise VARCHAR(10), 
	reply VARCHAR, 
	uid VARCHAR(32) DEFAULT (lower(hex(randomblob(16)))) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	FOREIGN KEY(need_id) REFERENCES need (id), 
	UNIQUE (uid)
);
CREATE INDEX ix_reminder_need_id ON reminder (need_id);
CREATE TABLE find_act (id INTEGER PRIMARY KEY, strokes TEXT NOT NULL, pinyin TEXT NOT NULL, digest INTEGER NOT NULL);
CREATE INDEX ix_find_act_strokes ON find_act (strokes, id);
CREATE INDEX ix_find_act_pinyin ON find_act (pinyin, id);
CREATE VIRTUAL TABLE words_act USING fts5(grams, keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5 6');
CREATE TABLE find_backup_made (id INTEGER PRIMARY KEY, strokes TEXT NOT NULL, pinyin TEXT NOT NULL, digest INTEGER NOT NULL);
CREATE INDEX ix_find_backup_made_strokes ON find_backup_made (strokes, id);
CREATE INDEX ix_find_backup_made_pinyin ON find_backup_made (pinyin, id);
CREATE VIRTUAL TABLE words_backup_made USING fts5(grams, keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5 6');
CREATE TABLE find_bank_account (id INTEGER PRIMARY KEY, strokes TEXT NOT NULL, pinyin TEXT NOT NULL, digest INTEGER NOT NULL);
CREATE INDEX ix_find_bank_account_strokes ON find_bank_account (strokes, id);
CREATE INDEX ix_find_bank_account_pinyin ON find_bank_account (pinyin, id);
CREATE VIRTUAL TABLE words_bank_account USING fts5(grams, keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5 6');
CREATE TABLE find_branch (id INTEGER PRIMARY KEY, strokes TEXT NOT NULL, pinyin TEXT NOT NULL, digest INTEGER NOT NULL);
CREATE INDEX ix_find_branch_strokes ON find_branch (strokes, id);
CREATE INDEX ix_find_branch_pinyin ON find_branch (pinyin, id);
CREATE VIRTUAL TABLE words_branch USING fts5(grams, keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5 6');
CREATE TABLE find_code_amendment (id INTEGER PRIMARY KEY, strokes TEXT NOT NULL, pinyin TEXT NOT NULL, digest INTEGER NOT NULL);
CREATE INDEX ix_find_code_amendment_strokes ON find_code_amendment (strokes, id);
CREATE INDEX ix_find_code_amendment_pinyin ON find_code_amendment (pinyin, id);
CREATE VIRTUAL TABLE words_code_amendment USING fts5(grams, keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5 6');
CREATE TABLE find_contact (id INTEGER PRIMARY KEY, strokes TEXT NOT NULL, pinyin TEXT NOT NULL, digest INTEGER NOT NULL);
CREATE INDEX ix_find_contact_strokes ON find_contact (strokes, id);
CREATE INDEX ix_find_contact_pinyin ON find_contact (pinyin, id);
CREATE VIRTUAL TABLE words_contact USING fts5(grams, keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5 6');
CREATE TABLE find_import_log (id INTEGER PRIMARY KEY, strokes TEXT NOT NULL, pinyin TEXT NOT NULL, digest INTEGER NOT NULL);
CREATE INDEX ix_find_import_log_strokes ON find_import_log (strokes, id);
CREATE INDEX ix_find_import_log_pinyin ON find_import_log (pinyin, id);
CREATE VIRTUAL TABLE words_import_log USING fts5(grams, keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5 6');
CREATE TABLE find_inspection (id INTEGER PRIMARY KEY, strokes TEXT NOT NULL, pinyin TEXT NOT NULL, digest INTEGER NOT NULL);
CREATE INDEX ix_find_inspection_strokes ON find_inspection (strokes, id);
CREATE INDEX ix_find_inspection_pinyin ON find_inspection (pinyin, id);
CREATE VIRTUAL TABLE words_inspection USING fts5(grams, keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5 6');
CREATE TABLE find_left_out (id INTEGER PRIMARY KEY, strokes TEXT NOT NULL, pinyin TEXT NOT NULL, digest INTEGER NOT NULL);
CREATE INDEX ix_find_left_out_strokes ON find_left_out (strokes, id);
CREATE INDEX ix_find_left_out_pinyin ON find_left_out (pinyin, id);
CREATE VIRTUAL TABLE words_left_out USING fts5(grams, keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5 6');
CREATE TABLE find_membership (id INTEGER PRIMARY KEY, strokes TEXT NOT NULL, pinyin TEXT NOT NULL, digest INTEGER NOT NULL);
CREATE INDEX ix_find_membership_strokes ON find_membership (strokes, id);
CREATE INDEX ix_find_membership_pinyin ON find_membership (pinyin, id);
CREATE VIRTUAL TABLE words_membership USING fts5(grams, keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5 6');
CREATE TABLE find_movement (id INTEGER PRIMARY KEY, strokes TEXT NOT NULL, pinyin TEXT NOT NULL, digest INTEGER NOT NULL);
CREATE INDEX ix_find_movement_strokes ON find_movement (strokes, id);
CREATE INDEX ix_find_movement_pinyin ON find_movement (pinyin, id);
CREATE VIRTUAL TABLE words_movement USING fts5(grams, keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5 6');
CREATE TABLE find_need (id INTEGER PRIMARY KEY, strokes TEXT NOT NULL, pinyin TEXT NOT NULL, digest INTEGER NOT NULL);
CREATE INDEX ix_find_need_strokes ON find_need (strokes, id);
CREATE INDEX ix_find_need_pinyin ON find_need (pinyin, id);
CREATE VIRTUAL TABLE words_need USING fts5(grams, keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5 6');
CREATE TABLE find_paper_log (id INTEGER PRIMARY KEY, strokes TEXT NOT NULL, pinyin TEXT NOT NULL, digest INTEGER NOT NULL);
CREATE INDEX ix_find_paper_log_strokes ON find_paper_log (strokes, id);
CREATE INDEX ix_find_paper_log_pinyin ON find_paper_log (pinyin, id);
CREATE VIRTUAL TABLE words_paper_log USING fts5(grams, keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5 6');
CREATE TABLE find_person (id INTEGER PRIMARY KEY, strokes TEXT NOT NULL, pinyin TEXT NOT NULL, digest INTEGER NOT NULL);
CREATE INDEX ix_find_person_strokes ON find_person (strokes, id);
CREATE INDEX ix_find_person_pinyin ON find_person (pinyin, id);
CREATE VIRTUAL TABLE words_person USING fts5(grams, keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5 6');
CREATE TABLE find_place (id INTEGER PRIMARY KEY, strokes TEXT NOT NULL, pinyin TEXT NOT NULL, digest INTEGER NOT NULL);
CREATE INDEX ix_find_place_strokes ON find_place (strokes, id);
CREATE INDEX ix_find_place_pinyin ON find_place (pinyin, id);
CREATE VIRTUAL TABLE words_place USING fts5(grams, keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5 6');
CREATE TABLE find_reminder (id INTEGER PRIMARY KEY, strokes TEXT NOT NULL, pinyin TEXT NOT NULL, digest INTEGER NOT NULL);
CREATE INDEX ix_find_reminder_strokes ON find_reminder (strokes, id);
CREATE INDEX ix_find_reminder_pinyin ON find_reminder (pinyin, id);
CREATE VIRTUAL TABLE words_reminder USING fts5(grams, keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5 6');
CREATE TABLE find_round (id INTEGER PRIMARY KEY, strokes TEXT NOT NULL, pinyin TEXT NOT NULL, digest INTEGER NOT NULL);
CREATE INDEX ix_find_round_strokes ON find_round (strokes, id);
CREATE INDEX ix_find_round_pinyin ON find_round (pinyin, id);
CREATE VIRTUAL TABLE words_round USING fts5(grams, keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5 6');
CREATE TABLE find_unit (id INTEGER PRIMARY KEY, strokes TEXT NOT NULL, pinyin TEXT NOT NULL, digest INTEGER NOT NULL);
CREATE INDEX ix_find_unit_strokes ON find_unit (strokes, id);
CREATE INDEX ix_find_unit_pinyin ON find_unit (pinyin, id);
CREATE VIRTUAL TABLE words_unit USING fts5(grams, keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5 6');
CREATE TABLE find_user (id INTEGER PRIMARY KEY, strokes TEXT NOT NULL, pinyin TEXT NOT NULL, digest INTEGER NOT NULL);
CREATE INDEX ix_find_user_strokes ON find_user (strokes, id);
CREATE INDEX ix_find_user_pinyin ON find_user (pinyin, id);
CREATE VIRTUAL TABLE words_user USING fts5(grams, keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5 6');
CREATE TABLE find_visit (id INTEGER PRIMARY KEY, strokes TEXT NOT NULL, pinyin TEXT NOT NULL, digest INTEGER NOT NULL);
CREATE INDEX ix_find_visit_strokes ON find_visit (strokes, id);
CREATE INDEX ix_find_visit_pinyin ON find_visit (pinyin, id);
CREATE VIRTUAL TABLE words_visit USING fts5(grams, keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5 6');
CREATE TABLE find_visit_check (id INTEGER PRIMARY KEY, strokes TEXT NOT NULL, pinyin TEXT NOT NULL, digest INTEGER NOT NULL);
CREATE INDEX ix_find_visit_check_strokes ON find_visit_check (strokes, id);
CREATE INDEX ix_find_visit_check_pinyin ON find_visit_check (pinyin, id);
CREATE VIRTUAL TABLE words_visit_check USING fts5(grams, keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5 6');
CREATE TABLE find_visit_standard (id INTEGER PRIMARY KEY, strokes TEXT NOT NULL, pinyin TEXT NOT NULL, digest INTEGER NOT NULL);
CREATE INDEX ix_find_visit_standard_strokes ON find_visit_standard (strokes, id);
CREATE INDEX ix_find_visit_standard_pinyin ON find_visit_standard (pinyin, id);
CREATE VIRTUAL TABLE words_visit_standard USING fts5(grams, keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5 6');
