package io.syslet.threads;

import java.lang.instrument.Instrumentation;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Puts the agent into a module of its own, so that what the JDK opens to it, it opens to nobody
 * else. This class is on the program's class path, as the JVM puts an agent's jar there; all others
 * are loaded once more, by the module's loader.
 */
public final class AgentLayer {
  private static final String MODULE = "syslet.agent";

  private AgentLayer() {}

  /** Opens the JDK to the module, and lets it install itself. */
  public static void install(String options, Instrumentation instrumentation)
      throws ReflectiveOperationException, URISyntaxException {
    Module agent = define();
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of("jdk.internal.misc", Set.of(agent), "jdk.internal.access", Set.of(agent)),
        Map.of("java.lang", Set.of(agent), "java.util.concurrent", Set.of(agent)),
        Set.of(),
        Map.of());
    Class<?> installer = Class.forName(agent, AgentLayer.class.getPackageName() + ".Installer");
    Method install = installer.getDeclaredMethod("install", String.class);
    install.setAccessible(true);
    install.invoke(null, options);
  }

  private static Module define() throws URISyntaxException {
    Path jar =
        Path.of(AgentLayer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    ModuleLayer boot = ModuleLayer.boot();
    Configuration configuration =
        boot.configuration().resolve(ModuleFinder.of(jar), ModuleFinder.of(), Set.of(MODULE));
    return boot.defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader())
        .findModule(MODULE)
        .orElseThrow();
  }
}
