package org.cranny.client.window;

import java.awt.Component;
import java.awt.Container;
import java.awt.Window;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.swing.AbstractButton;
import javax.swing.SwingUtilities;
import javax.swing.text.JTextComponent;

/** The windows that are open, as a test sees and uses them: components by name, on the event thread. */
final class Screenful {
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final long PAUSE_MILLIS = 20;

    private Screenful() {}

    /** Runs on the event thread and gives what came of it. */
    static <T> T on(Callable<T> work) {
        AtomicReference<T> result = new AtomicReference<>();
        AtomicReference<Exception> failure = new AtomicReference<>();
        try {
            SwingUtilities.invokeAndWait(() -> {
                try {
                    result.set(work.call());
                } catch (Exception e) {
                    failure.set(e);
                }
            });
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
        return result.get();
    }

    /** Waits until it is so. @param what for the message when it never is */
    static void until(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!on(condition::getAsBoolean)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never: " + what + "; shown: " + on(Screenful::texts));
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static String texts() {
        StringBuilder texts = new StringBuilder();
        all().filter(each -> each instanceof JTextComponent && each.isShowing()).forEach(each -> texts.append('[')
                .append(((JTextComponent) each).getText())
                .append(']'));
        return texts.toString();
    }

    private static Stream<Component> all() {
        return Arrays.stream(Window.getWindows()).filter(Component::isShowing).flatMap(Screenful::below);
    }

    private static Stream<Component> below(Component component) {
        Stream<Component> here = Stream.of(component);
        return component instanceof Container container
                ? Stream.concat(here, Arrays.stream(container.getComponents()).flatMap(Screenful::below))
                : here;
    }

    /** On the event thread: the one component of this name that is in sight. */
    static <C extends Component> Optional<C> find(Class<C> type, String name) {
        return all().filter(each -> name.equals(each.getName()) && each.isShowing())
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    static <C extends Component> C the(Class<C> type, String name) throws InterruptedException {
        until(name + " is in sight", () -> find(type, name).isPresent());
        return on(() -> find(type, name).orElseThrow());
    }

    static String text(String name) throws InterruptedException {
        JTextComponent component = the(JTextComponent.class, name);
        return on(component::getText);
    }

    static void type(String name, String text) throws InterruptedException {
        JTextComponent component = the(JTextComponent.class, name);
        on(() -> {
            component.setText(text);
            return true;
        });
    }

    /** Presses a button once it can be pressed; does not wait for what it does. */
    static void press(String name) throws InterruptedException {
        until(name + " can be pressed", () -> find(AbstractButton.class, name)
                .filter(Component::isEnabled)
                .isPresent());
        AbstractButton button = the(AbstractButton.class, name);
        SwingUtilities.invokeLater(button::doClick);
    }

    /** Waits until a text holds these words. */
    static void awaitText(String name, String words) throws InterruptedException {
        until(name + " says " + words, () -> find(JTextComponent.class, name)
                .filter(each -> each.getText().contains(words))
                .isPresent());
    }

    /** Paints a window into a file of {@code -Dcranny.pictures}, where that is given. */
    static void picture(Window window, String name) throws IOException, InterruptedException {
        String folder = System.getProperty("cranny.pictures", "");
        if (folder.isEmpty()) {
            return;
        }
        BufferedImage image = on(() -> {
            window.validate();
            Component content = SwingUtilities.getRootPane(window.getComponent(0)) == null
                    ? window.getComponent(0)
                    : SwingUtilities.getRootPane(window.getComponent(0));
            BufferedImage made = new BufferedImage(content.getWidth(), content.getHeight(), BufferedImage.TYPE_INT_RGB);
            content.paint(made.createGraphics());
            return made;
        });
        Files.createDirectories(Path.of(folder));
        ImageIO.write(image, "png", Path.of(folder, name + ".png").toFile());
    }
}
