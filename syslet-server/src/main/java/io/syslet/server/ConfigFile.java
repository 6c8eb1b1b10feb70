package io.syslet.server;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import io.syslet.client.TrustedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A configuration file: one JSON object, whose keys are the {@link ServerOptions} in kebab case.
 */
public final class ConfigFile {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .changeDefaultVisibility(
              checker ->
                  checker
                      .withVisibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE)
                      .withVisibility(
                          PropertyAccessor.FIELD, JsonAutoDetect.Visibility.PUBLIC_ONLY))
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private ConfigFile() {}

  /**
   * Sets what the file says; the rest stays.
   *
   * @throws IOException if it cannot be read, and why, with the key or the line; or a key is
   *     unknown.
   */
  public static void read(Path file, ServerOptions options) throws IOException {
    byte[] text = Files.readAllBytes(TrustedFile.check(file));
    try {
      var _ = MAPPER.readerForUpdating(options).readValue(text);
    } catch (UnrecognizedPropertyException e) {
      throw new IOException(file + ": unknown key \"" + e.getPropertyName() + "\"", e);
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new IOException(file + ", line " + line + ": " + e.getOriginalMessage(), e);
    }
  }
}
