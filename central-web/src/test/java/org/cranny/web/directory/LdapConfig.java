package org.cranny.web.directory;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** A configuration that a test makes up. */
final class LdapConfig {
    private LdapConfig() {}

    static Config of(Map<String, String> values) {
        return (Config) Proxy.newProxyInstance(
                LdapConfig.class.getClassLoader(), new Class<?>[] {Config.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("getOptionalValue")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return Optional.ofNullable(values.get((String) arguments[0]));
                });
    }
}
