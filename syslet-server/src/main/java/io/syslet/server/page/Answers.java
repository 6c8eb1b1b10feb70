package io.syslet.server.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** What is answered to the path of a GET. */
final class Answers {
  /** An answer. */
  record Answer(HttpResponseStatus status, String type, String body) {}

  private record StateAndSamples(PageState state, Timeline.Samples samples) {}

  private record Health(String status, boolean healthy) {}

  private static final String JSON = "application/json";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  /** All files that there are: a path from outside is never one of a file system. */
  private static final Map<String, Answer> FILES =
      Map.of(
          "/", file("index.html", "text/html; charset=utf-8"),
          "/page.js", file("page.js", SCRIPT),
          "/page.css", file("page.css", STYLE),
          "/uplot/uPlot.iife.min.js", file("uplot/uPlot.iife.min.js", SCRIPT),
          "/uplot/uPlot.min.css", file("uplot/uPlot.min.css", STYLE));

  private final JsonMapper json =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
  private final PageSource source;
  private final Timeline timeline;

  Answers(PageSource source, Timeline timeline) {
    this.source = source;
    this.timeline = timeline;
  }

  /** The answer, or null if there is nothing at that path. */
  @Nullable Answer to(String path, long since) {
    return switch (path) {
      case "/state.json" -> state(since);
      case "/metrics" -> text(Prometheus.CONTENT_TYPE, Prometheus.text(source.state()));
      case "/health" -> health();
      default -> FILES.get(path);
    };
  }

  private Answer state(long since) {
    StateAndSamples both = new StateAndSamples(source.state(), timeline.since(since));
    return new Answer(HttpResponseStatus.OK, JSON, json.writeValueAsString(both));
  }

  private Answer health() {
    PageState state = source.state();
    HttpResponseStatus status =
        state.healthy() ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE;
    String body = json.writeValueAsString(new Health(state.status(), state.healthy()));
    return new Answer(status, JSON, body);
  }

  private static Answer text(String type, String body) {
    return new Answer(HttpResponseStatus.OK, type, body);
  }

  private static Answer file(String name, String type) {
    try (InputStream in = Answers.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new Answer(HttpResponseStatus.OK, type, new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
