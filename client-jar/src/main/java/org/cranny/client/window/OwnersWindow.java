package org.cranny.client.window;

import com.formdev.flatlaf.util.UIScale;
import java.awt.AWTError;
import java.awt.BorderLayout;
import java.awt.CardLayout;
import java.awt.Dimension;
import java.awt.Frame;
import java.awt.GraphicsEnvironment;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.swing.JFrame;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.SwingUtilities;
import javax.swing.Timer;
import javax.swing.WindowConstants;
import org.cranny.client.agent.Ending;
import org.cranny.client.desktop.DesktopCalls;
import org.cranny.client.home.Home;
import org.cranny.client.status.Keeping;
import org.cranny.client.status.Standing;
import org.cranny.protocol.job.AgentHold;

/**
 * The window for the owner of this machine. It works on the same home as the command line and the agent, under the same
 * locks, and keeps nothing to itself: what one of them does the others see.
 */
public final class OwnersWindow {
    private static final int LOOK_MILLIS = 3_000;
    private static final Dimension SMALLEST = new Dimension(720, 480);
    private static final Dimension USUAL = new Dimension(980, 640);

    private final JFrame frame = new JFrame(Words.say("window.title"));
    private final Home source;
    private final OwnBackups backups;
    private final Surroundings around;
    private final Desk desk;
    private final Desk looks;
    private final Me me;
    private final Outdated outdated = new Outdated(this::startAgain);
    private final Notices notices;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, View> views = new LinkedHashMap<>();
    private final CardLayout cards = new CardLayout();
    private final JPanel stage = new JPanel(cards);
    private final Timer look = new Timer(LOOK_MILLIS, event -> look());
    private HomeView home;
    private Navigation navigation;
    private Optional<Standing> standing = Optional.empty();
    private Optional<Keeping> keeping = Optional.empty();
    private String seen = "";
    private String at = "home";
    private boolean looking;
    private boolean again;
    private Optional<Tray> tray = Optional.empty();

    /**
     * What is said of this machine and program.
     *
     * @param machine what it is called unless its owner says otherwise, should it be enrolled
     * @param installed from what it can be started again, where it came as a package
     * @param view which one is shown first: home, folders, files, places, settings
     */
    public record Me(String machine, String version, Optional<Installed> installed, String view) {}

    private OwnersWindow(Home home, Me me, Ending.Judge judge, Clock clock, Optional<Path> agent) {
        this.me = me;
        source = home;
        backups = agent.<OwnBackups>map(socket -> new AgentBackups(new DesktopCalls(socket)))
                .orElseGet(() -> new HomeBackups(
                        home, clock, failure -> judge.of(failure).exitCode()));
        notices = new Notices(clock.instant());
        desk = new Desk("work", failure -> judge.of(failure).line());
        looks = new Desk("looks", failure -> judge.of(failure).line());
        around = new Surroundings(backups, desk, looks, new People(clock), this::changed, this::isBackingUp);
    }

    /**
     * Opens the window and returns when its owner has closed it.
     *
     * @param agent socket of the agent whose machine it is, when the home belongs to somebody else
     * @param judge says what a failure means to people
     * @throws IOException when there is no screen
     */
    public static void open(Home home, Optional<Path> agent, Me me, Ending.Judge judge)
            throws IOException, InterruptedException {
        OwnersWindow window = opened(home, agent, me, judge, Clock.systemDefaultZone(), null);
        try {
            window.closed.await();
        } finally {
            SwingUtilities.invokeLater(window::close);
        }
    }

    /** As {@link #open}, without waiting. @param theme null for the desktop's */
    static OwnersWindow opened(Home home, Optional<Path> agent, Me me, Ending.Judge judge, Clock clock, Theme theme)
            throws IOException {
        if (GraphicsEnvironment.isHeadless()) {
            throw noScreen(null);
        }
        try {
            Theme worn = theme == null ? Theme.kept(home).orElseGet(Theme::ofDesktop) : theme;
            OwnersWindow[] made = new OwnersWindow[1];
            SwingUtilities.invokeAndWait(() -> {
                worn.wear();
                made[0] = new OwnersWindow(home, me, judge, clock, agent);
                made[0].build();
            });
            return made[0];
        } catch (AWTError | InvocationTargetException e) {
            throw noScreen(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("It was stopped before the window was there.", e);
        }
    }

    private static IOException noScreen(Throwable cause) {
        return new IOException(
                "There is no screen for a window here. Run it in a session with a desktop; without one 'cranny status',"
                        + " 'cranny backup' and 'cranny restore' do the same.",
                cause);
    }

    private void build() {
        frame.setName("window");
        frame.setDefaultCloseOperation(WindowConstants.DO_NOTHING_ON_CLOSE);
        frame.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosing(WindowEvent event) {
                if (tray.isPresent()) {
                    frame.setVisible(false);
                } else {
                    leave();
                }
            }
        });
        frame.setIconImages(Emblem.images());
        frame.setMinimumSize(UIScale.scale(SMALLEST));
        frame.setSize(UIScale.scale(USUAL));
        frame.setLocationByPlatform(true);
        stage.setOpaque(false);
        if (backups.enrolled()) {
            work();
        } else {
            welcome();
        }
        frame.setVisible(true);
    }

    private void welcome() {
        WelcomeView welcome = new WelcomeView(around, me.machine(), this::enrolled);
        frame.setContentPane(new JPanel(new BorderLayout()));
        frame.getContentPane().add(welcome);
        SwingUtilities.invokeLater(welcome::entered);
    }

    private void enrolled() {
        work();
        frame.revalidate();
        frame.repaint();
    }

    private void work() {
        home = new HomeView(around, () -> go("folders"));
        views.put("home", home);
        views.put("folders", new FoldersView(around));
        views.put("files", new FilesView(around));
        views.put("places", new PlacesView());
        views.put("settings", new SettingsView(around, me.version()));
        views.forEach((name, view) -> stage.add(view, name));
        navigation = new Navigation(views.keySet(), this::go, this::turn);
        JPanel content = new JPanel(new BorderLayout());
        content.add(navigation, BorderLayout.LINE_START);
        JPanel middle = new JPanel(new BorderLayout());
        middle.setOpaque(false);
        middle.add(outdated, BorderLayout.PAGE_START);
        middle.add(stage);
        content.add(middle);
        frame.setContentPane(content);
        if (views.containsKey(me.view())) {
            go(me.view());
        }
        tray = Tray.on(new TrayMenu());
        look.setInitialDelay(0);
        look.start();
    }

    /** Shows one of the views: home, folders, files, places, settings. */
    void go(String name) {
        at = name;
        navigation.here(name);
        cards.show(stage, name);
        views.get(name).entered();
    }

    /** From light to dark and back. */
    private void turn() {
        Theme other = Theme.worn().other();
        other.wear();
        looks.ask(() -> other.keep(source), kept -> {}, notKept -> {});
    }

    /** The home was changed by this window. */
    private void changed() {
        again = true;
        look();
    }

    /** Whether anything is different from what is shown; cheap when nothing is. */
    private void look() {
        if (!looking) {
            String before = again ? "" : seen;
            looking = true;
            again = false;
            looks.ask(() -> Look.at(backups, before), this::looked, this::unreadable);
            me.installed().ifPresent(installed -> looks.ask(installed::another, this::another, unknown -> {}));
        }
    }

    private void another(Optional<String> version) {
        version.ifPresent(other -> outdated.say(Words.say("outdated", other, me.version())));
    }

    /** The version that is installed takes this one's place. */
    private void startAgain() {
        if (!mayLeave()) {
            return;
        }
        try {
            me.installed().orElseThrow().start(at);
            close();
        } catch (IOException failed) {
            outdated.say(Words.say("outdated.failed", failed.getMessage()));
        }
    }

    private void unreadable(String line) {
        looking = false;
        home.unreadable(line);
    }

    private void looked(Look now) {
        looking = false;
        home.readable();
        seen = now.stamp();
        now.standing().ifPresent(fresh -> {
            boolean another = !fresh.newest().equals(standing.flatMap(Standing::newest));
            standing = Optional.of(fresh);
            keeping = another ? Optional.empty() : keeping;
            frame.setTitle(Words.say("window.title") + " · " + fresh.name());
            showAll();
        });
        boolean unknown =
                keeping.isEmpty() && standing.flatMap(Standing::newest).isPresent();
        if (unknown && !home.isBackingUp()) {
            desk.ask(backups::keeping, this::kept, busy -> {});
        }
        if (again) {
            look();
        }
    }

    private void kept(Optional<Keeping> now) {
        keeping = now;
        showAll();
    }

    private void showAll() {
        standing.ifPresent(now -> {
            views.values().forEach(view -> view.show(now, keeping));
            tray.ifPresent(icon -> {
                icon.show(
                        Health.of(now, keeping, around.people()),
                        now.own().hold().filter(AgentHold::all).isPresent());
                notices.of(now, around.people().now()).forEach(icon::tell);
            });
        });
    }

    private final class TrayMenu implements Tray.Menu {
        @Override
        public void open() {
            frame.setVisible(true);
            frame.setExtendedState(frame.getExtendedState() & ~Frame.ICONIFIED);
            frame.toFront();
        }

        @Override
        public void backUp() {
            home.backUp();
        }

        @Override
        public void pause() {
            home.pause();
        }

        @Override
        public void goOn() {
            home.goOn();
        }

        @Override
        public void quit() {
            open();
            leave();
        }
    }

    private boolean isBackingUp() {
        return home != null && home.isBackingUp();
    }

    private void leave() {
        if (mayLeave()) {
            close();
        }
    }

    /** Asks before a backup of this window is stopped. */
    private boolean mayLeave() {
        if (isBackingUp()) {
            Object[] answers = {Words.say("close.stop"), Words.say("close.stay")};
            int answer = JOptionPane.showOptionDialog(
                    frame,
                    Words.say("close.running"),
                    Words.say("window.title"),
                    JOptionPane.DEFAULT_OPTION,
                    JOptionPane.QUESTION_MESSAGE,
                    null,
                    answers,
                    answers[1]);
            if (answer != 0) {
                return false;
            }
            home.stop();
        }
        return true;
    }

    void close() {
        look.stop();
        desk.close();
        looks.close();
        tray.ifPresent(Tray::close);
        frame.dispose();
        closed.countDown();
    }

    JFrame frame() {
        return frame;
    }
}
