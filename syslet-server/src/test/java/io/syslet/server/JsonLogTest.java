package io.syslet.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A line is an object, whatever a peer has made us say. */
class JsonLogTest {
  private static LogRecord record(Level level, String message, Object... parameters) {
    LogRecord record = new LogRecord(level, message);
    record.setLoggerName("a.b");
    record.setParameters(parameters);
    return record;
  }

  private static JsonNode parse(LogRecord record) {
    String line = new JsonLog().format(record);
    assertThat(line).endsWith("}\n").hasLineCount(1);
    return JsonMapper.shared().readTree(line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"plain", "\"}\n{\"level\":\"ERROR\"}", "\\", "a\u0000\u001b[31m\r\n\t", "ü 中 😀"})
  void whatIsInAMessageStaysInIt(String name) {
    JsonNode line = parse(record(Level.WARNING, "{0} may not connect", name));
    assertThat(line.get("message").asString()).isEqualTo(name + " may not connect");
    assertThat(line.get("level").asString()).isEqualTo("WARNING");
    assertThat(line.get("logger").asString()).isEqualTo("a.b");
    assertThat(line.get("time").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    assertThat(line.has("error")).isFalse();
  }

  @Test
  void anExceptionIsOneField() {
    LogRecord record = record(Level.SEVERE, "ended");
    record.setThrown(new IllegalStateException("two\nlines"));
    JsonNode line = parse(record);
    assertThat(line.get("level").asString()).isEqualTo("ERROR");
    assertThat(line.get("error").asString())
        .startsWith("java.lang.IllegalStateException: two\nlines")
        .contains("anExceptionIsOneField");
  }
}
