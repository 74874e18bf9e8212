package org.cranny.system;

import java.awt.Component;
import java.awt.Container;
import java.awt.Window;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import javax.swing.AbstractButton;
import javax.swing.SwingUtilities;
import javax.swing.text.JTextComponent;
import org.cranny.cluster.Await;

/** The windows of this process, used as people do: parts by name, on the event thread. */
final class Screen {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Screen() {}

    static <T> T on(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        SwingUtilities.invokeLater(task);
        try {
            return task.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** The part of this kind and name that is in sight, once it is. @param name null for any */
    static <C extends Component> C the(Class<C> type, String name) {
        Await.until(
                name + " in sight", PATIENCE, () -> on(() -> find(type, name)).isPresent());
        return on(() -> find(type, name)).orElseThrow();
    }

    private static <C extends Component> Optional<C> find(Class<C> type, String name) {
        return Arrays.stream(Window.getWindows())
                .flatMap(Screen::below)
                .filter(each -> type.isInstance(each) && each.isShowing())
                .filter(each -> name == null || name.equals(each.getName()))
                .map(type::cast)
                .findFirst();
    }

    private static Stream<Component> below(Component component) {
        Stream<Component> here = Stream.of(component);
        return component instanceof Container container
                ? Stream.concat(here, Arrays.stream(container.getComponents()).flatMap(Screen::below))
                : here;
    }

    static void press(String name) {
        AbstractButton button = the(AbstractButton.class, name);
        Await.until("that " + name + " can be pressed", PATIENCE, () -> on(button::isEnabled));
        SwingUtilities.invokeLater(button::doClick);
    }

    static void type(String name, String text) {
        JTextComponent field = the(JTextComponent.class, name);
        on(() -> {
            field.setText(text);
            return true;
        });
    }

    static void awaitText(String name, String words) {
        Await.until(name + " saying " + words, PATIENCE, () -> on(() -> find(JTextComponent.class, name))
                .filter(each -> each.getText().contains(words))
                .isPresent());
    }
}
