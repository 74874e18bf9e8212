package org.cranny.client.window;

import com.formdev.flatlaf.FlatClientProperties;
import java.awt.BorderLayout;
import java.util.List;
import java.util.Optional;
import javax.swing.ButtonGroup;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JPasswordField;
import javax.swing.JRadioButton;
import javax.swing.JTextField;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;
import javax.swing.text.JTextComponent;
import org.cranny.client.enrollment.Invitation;
import org.cranny.client.enrollment.SignIn;
import org.cranny.client.home.Configuration;
import org.cranny.client.status.Keeping;
import org.cranny.client.status.Standing;

/**
 * The first start: this machine joins its realm, with what an administrator sent or as a machine of who signs in, trusting
 * only the authority that was named to it.
 */
final class WelcomeView extends View {
    private final Surroundings around;
    private final Runnable enrolled;
    private final String machine;
    private final JTextField pasted = field("welcome.link");
    private final JTextField central = field("welcome.central");
    private final JTextField token = field("welcome.token");
    private final JTextField fingerprint = field("welcome.fingerprint");
    private final JTextField name = field("welcome.name");
    private final JTextField user = field("welcome.user");
    private final JPasswordField password = new JPasswordField();
    private final JRadioButton byLink =
            Pieces.label(new JRadioButton(), "welcome.way.token", Words.say("welcome.way.token"));
    private final JRadioButton byName =
            Pieces.label(new JRadioButton(), "welcome.way.name", Words.say("welcome.way.name"));
    private final JComponent ofLink;
    private final List<JComponent> ofName;
    private final Trouble trouble = new Trouble("welcome.trouble");
    private final JButton enroll;

    /** @param machine what this machine is called unless its owner says otherwise */
    WelcomeView(Surroundings around, String machine, Runnable enrolled) {
        super("view.welcome");
        this.around = around;
        this.machine = machine;
        this.enrolled = enrolled;
        enroll = Pieces.primary(Pieces.button("welcome.enroll", Words.say("button.enroll"), this::enroll));
        pasted.putClientProperty(FlatClientProperties.PLACEHOLDER_TEXT, Words.say("welcome.link.example"));
        central.putClientProperty(FlatClientProperties.PLACEHOLDER_TEXT, "https://central.example:8181");
        name.setText(machine);
        pasted.getDocument().addDocumentListener(new Typed());
        password.setName("welcome.password");
        ofLink = labelled("welcome.token", token);
        ofName = List.of(labelled("welcome.user", user), labelled("welcome.password", password));
        JPanel card = Pieces.card(
                12,
                ways(),
                labelled("welcome.link", pasted),
                ofName.get(0),
                ofName.get(1),
                Pieces.soft(Words.say("welcome.or")),
                labelled("welcome.central", central),
                ofLink,
                labelled("welcome.fingerprint", fingerprint),
                labelled("welcome.name", name));
        turn();
        JPanel foot = Pieces.row(0, enroll);
        foot.setBorder(Pieces.room(14, 0, 0, 0));
        add(foot, BorderLayout.PAGE_END);
        add(Pieces.scrolling(Pieces.column(
                18,
                Pieces.column(4, Pieces.title(Words.say("welcome.title")), Pieces.soft(Words.say("welcome.detail"))),
                trouble,
                card)));
    }

    private JPanel ways() {
        ButtonGroup group = new ButtonGroup();
        for (JRadioButton each : List.of(byLink, byName)) {
            each.setOpaque(false);
            group.add(each);
            each.addActionListener(event -> turn());
        }
        byLink.setSelected(true);
        return Pieces.row(18, byLink, byName);
    }

    /** Shows what the chosen way needs. */
    private void turn() {
        ofLink.setVisible(byLink.isSelected());
        ofName.forEach(each -> each.setVisible(byName.isSelected()));
        Pieces.label(enroll, "welcome.enroll", Words.say(byLink.isSelected() ? "button.enroll" : "button.signin"));
        revalidate();
    }

    private static JTextField field(String name) {
        JTextField field = new JTextField();
        field.setName(name);
        return field;
    }

    private static JPanel labelled(String key, JTextComponent field) {
        String words = Words.say(key);
        JLabel label = new JLabel(words.replace("&", ""));
        label.setDisplayedMnemonic(words.charAt(words.indexOf('&') + 1));
        label.setDisplayedMnemonicIndex(words.indexOf('&'));
        label.setLabelFor(field);
        return Pieces.column(4, label, field);
    }

    @Override
    void show(Standing standing, Optional<Keeping> keeping) {
        throw new IllegalStateException("nothing stands before a machine is enrolled");
    }

    @Override
    void entered() {
        pasted.requestFocusInWindow();
    }

    private void fill() {
        Invitation.of(pasted.getText()).ifPresent(invitation -> {
            central.setText(invitation.central());
            token.setText(invitation.token());
            fingerprint.setText(invitation.fingerprint());
            (invitation.token().isEmpty() ? byName : byLink).setSelected(true);
            turn();
        });
    }

    private void enroll() {
        trouble.clear();
        enroll.setEnabled(false);
        String called = name.getText().isBlank() ? machine : name.getText().strip();
        around.desk().ask(way(called), this::enrolled, line -> {
            enroll.setEnabled(true);
            trouble.say(line);
        });
    }

    private Desk.Work<Configuration> way(String called) {
        String address = central.getText().strip();
        if (byLink.isSelected()) {
            Invitation invitation = new Invitation(address, token.getText(), fingerprint.getText());
            return () -> around.backups().enroll(invitation, called);
        }
        SignIn who = new SignIn(address, fingerprint.getText(), user.getText(), new String(password.getPassword()));
        return () -> around.backups().signIn(who, called);
    }

    private void enrolled(Configuration made) {
        password.setText("");
        enrolled.run();
    }

    private final class Typed implements DocumentListener {
        @Override
        public void insertUpdate(DocumentEvent event) {
            fill();
        }

        @Override
        public void removeUpdate(DocumentEvent event) {
            fill();
        }

        @Override
        public void changedUpdate(DocumentEvent event) {
            fill();
        }
    }
}
