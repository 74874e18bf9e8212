package org.cranny.central.placement;

import jakarta.persistence.Entity;
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

    protected FragmentRow() {}

    FragmentRow(long pack, Candidate.Part part) {
        this.pack = pack;
        this.number = part.number();
        this.host = part.receipt().host().number();
        this.fragment = part.receipt().fragment().toString();
        this.length = part.receipt().length();
        this.receipt = part.signed().bytes();
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
