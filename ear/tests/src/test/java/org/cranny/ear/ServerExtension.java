package org.cranny.ear;

import java.io.IOException;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.api.event.ManagerStarted;
import org.jboss.arquillian.core.spi.LoadableExtension;

/** Makes the server before Arquillian reads where it is. */
public class ServerExtension implements LoadableExtension {
    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(Maker.class);
    }

    /** Comes before the observer that reads {@code arquillian.xml}. */
    public static class Maker {
        public void make(@Observes(precedence = 1) ManagerStarted started) throws IOException {
            Server.make();
        }
    }
}
