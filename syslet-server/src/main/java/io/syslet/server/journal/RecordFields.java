package io.syslet.server.journal;

import io.syslet.server.session.Peer;
import io.syslet.table.CallTable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a record says, by name. */
final class RecordFields {
  private static final String[] REASONS = {"new", "roll", "recovery"};

  private RecordFields() {}

  /** The fields, in the order of the file. */
  static Map<String, Object> of(RecordView record) {
    Map<String, Object> fields = new LinkedHashMap<>();
    switch (record.kind()) {
      case CHECKPOINT -> checkpoint(fields, record);
      case CHECKPOINT_END -> {}
      case OPENED -> opened(fields, record);
      case BEGAN -> began(fields, record);
      case ENDED_INLINE -> words(fields, record, "session", "call", "status");
      case COMPLETED -> words(fields, record, "session", "call", "data", "status", "position");
      case ACKNOWLEDGED, HELD_FROM -> words(fields, record, "session", "position");
      case CLOSED -> words(fields, record, "session");
      case HELD_COMPLETIONS -> {
        words(fields, record, "session", "position");
        fields.put("completions", (record.words() - 2) / 2);
      }
      case HELD_CALLS -> {
        words(fields, record, "session");
        fields.put("calls", (record.words() - 1) / 3);
      }
    }
    return fields;
  }

  private static void words(Map<String, Object> fields, RecordView record, String... names) {
    for (int i = 0; i < names.length; i++) {
      fields.put(names[i], record.word(i));
    }
  }

  private static void checkpoint(Map<String, Object> fields, RecordView record) {
    long reason = record.word(0);
    boolean known = reason >= 0 && reason < REASONS.length;
    words(fields, record, "reason", "run", "bytes", "time", "sessions", "calls", "completions");
    fields.put("reason", known ? REASONS[(int) reason] : String.valueOf(reason));
    fields.put("time", Instant.ofEpochMilli(record.word(3)).toString());
    fields.put("lost", record.word(7));
  }

  private static void opened(Map<String, Object> fields, RecordView record) {
    Peer peer = record.peer();
    words(fields, record, "session", "uid", "gid", "pid");
    fields.put("peer", peer.kind());
    fields.put("name", peer.name());
  }

  private static void began(Map<String, Object> fields, RecordView record) {
    words(fields, record, "session", "call", "data", "nr");
    fields.put("name", CallTable.name(record.word(3)));
  }
}
