package org.cranny.central.placement;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.snapshot.Held;

/** One fragment on one host, with the host's word for it. */
@Entity
@Table(name = "fragment")
class FragmentRow {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "fragment_seq")
    @SequenceGenerator(name = "fragment_seq", sequenceName = "fragment_seq", allocationSize = 50)
    private Long id;

    private long pack;
    private int number;
    private long host;
    private String fragment;
    private long length;
    private byte[] receipt;

    @Enumerated(EnumType.STRING)
    private State state;

    @Column(name = "state_millis")
    private long stateMillis;

    /** KEPT by its host; LOST there; TRASHING: to be put into the host's trash; TRASH: is there. */
    enum State {
        KEPT,
        LOST,
        TRASHING,
        TRASH
    }

    protected FragmentRow() {}

    FragmentRow(long pack, Candidate.Part part) {
        this.pack = pack;
        this.number = part.number();
        this.host = part.receipt().host().number();
        this.fragment = part.receipt().fragment().toString();
        this.length = part.receipt().length();
        this.receipt = part.signed().bytes();
        this.state = State.KEPT;
    }

    /** The host gave a receipt again. */
    void keep(Candidate.Part part) {
        fragment = part.receipt().fragment().toString();
        length = part.receipt().length();
        receipt = part.signed().bytes();
        state = State.KEPT;
    }

    void become(State next, long millis) {
        state = next;
        stateMillis = millis;
    }

    /** Whether it was put away, or is about to be. */
    boolean away() {
        return state == State.TRASHING || state == State.TRASH;
    }

    boolean kept() {
        return state == State.KEPT;
    }

    State state() {
        return state;
    }

    long id() {
        return id;
    }

    String fragment() {
        return fragment;
    }

    long length() {
        return length;
    }

    Held held() {
        try {
            return new Held(number, Signed.parse(receipt).text());
        } catch (MalformedException e) {
            throw new IllegalStateException("the receipt of fragment " + fragment + " is damaged", e);
        }
    }

    boolean is(Candidate.Part part) {
        return number == part.number() && host == part.receipt().host().number();
    }

    /**
     * Whether a receipt changes nothing: it is kept already, is on its way into the trash, or was put away after the
     * receipt was given.
     */
    boolean standsBefore(Candidate.Part part) {
        return kept() || state == State.TRASHING || part.receipt().time().toEpochMilli() <= stateMillis;
    }

    long pack() {
        return pack;
    }

    int number() {
        return number;
    }

    long host() {
        return host;
    }
}
