package io.syslet.server;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UnsupportedEncodingException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Formats what is logged as JSON, an object for each line: time in UTC, level, logger, thread,
 * message and, of an exception, its stack trace. Any thread.
 */
public final class JsonLog extends Formatter {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Has the process log like this from now on. */
  public static void install() {
    for (Handler handler : LogManager.getLogManager().getLogger("").getHandlers()) {
      handler.setFormatter(new JsonLog());
      try {
        handler.setEncoding("UTF-8");
      } catch (UnsupportedEncodingException e) {
        throw new IllegalStateException("every JDK has UTF-8", e);
      }
    }
  }

  @Override
  public String format(LogRecord record) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("time", record.getInstant().toString());
    fields.put("level", level(record.getLevel()));
    fields.put("logger", String.valueOf(record.getLoggerName()));
    fields.put("thread", record.getLongThreadID());
    fields.put("message", String.valueOf(formatMessage(record)));
    Throwable thrown = record.getThrown();
    if (thrown != null) {
      fields.put("error", trace(thrown));
    }
    return JSON.writeValueAsString(fields) + "\n";
  }

  /** A level's name for {@link System.Logger}. */
  private static String level(@Nullable Level level) {
    if (level == null || level.intValue() < Level.FINE.intValue()) {
      return "TRACE";
    }
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (value >= Level.WARNING.intValue()) {
      return "WARNING";
    }
    return value >= Level.INFO.intValue() ? "INFO" : "DEBUG";
  }

  private static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
