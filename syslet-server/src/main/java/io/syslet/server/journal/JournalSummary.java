package io.syslet.server.journal;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a journal holds, as its files say.
 *
 * @param files of all runs.
 * @param bytes of these files, most of which may not be written yet.
 * @param records in them, by kind.
 * @param sessions that would be recovered.
 * @param calls in flight: if no server is running, their outcome is unknown.
 * @param completions that were not acknowledged.
 * @param loss what is missing.
 */
public record JournalSummary(
    int files,
    long bytes,
    Map<String, Long> records,
    int sessions,
    int calls,
    int completions,
    Loss loss) {
  /** A line for each figure. */
  public String text() {
    StringBuilder text = new StringBuilder();
    fields().forEach((name, value) -> text.append(name).append(' ').append(value).append('\n'));
    records.forEach((kind, count) -> text.append(kind).append(' ').append(count).append('\n'));
    return text.toString();
  }

  /** One JSON object. */
  public String json() {
    Map<String, Object> all = fields();
    all.put("records", records);
    return JsonMapper.shared().writeValueAsString(all);
  }

  private Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("files", files);
    fields.put("bytes", bytes);
    fields.put("sessions", sessions);
    fields.put("calls", calls);
    fields.put("completions", completions);
    fields.put("lostRecords", loss.records());
    fields.put("lostBytes", loss.bytes());
    fields.put("missingBytes", loss.missing());
    return fields;
  }
}
