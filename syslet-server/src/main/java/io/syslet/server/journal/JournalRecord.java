package io.syslet.server.journal;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A record as people and programs read it. Tokens are not in it: they are secrets.
 *
 * @param file in which it is, with its run.
 * @param sequence its number.
 * @param kind of record, in capitals.
 * @param fields what it says, in the order of the file: numbers and texts.
 */
public record JournalRecord(String file, long sequence, String kind, Map<String, Object> fields) {
  /** One line for people. */
  public String text() {
    StringBuilder text =
        new StringBuilder(file).append(' ').append(sequence).append(' ').append(kind);
    fields.forEach((name, value) -> text.append(' ').append(name).append('=').append(value));
    return text.toString();
  }

  /** One line for programs: a JSON object with the same fields beside file, sequence and kind. */
  public String json() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("file", file);
    all.put("sequence", sequence);
    all.put("kind", kind);
    all.putAll(fields);
    return JsonMapper.shared().writeValueAsString(all);
  }
}
