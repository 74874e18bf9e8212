package org.cranny.engine.keys;

/** What version 1 gives for the ring that {@link TestKeys} makes. Never edited: old backups depend on it. */
final class Golden {
    static final String RING =
            "43524e594b5200010011223344556677000000000000002a000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f0101202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f6b5108f9ce82ca8ec55dda172453f42700cf41eb5636bad8b7153e8e76c91d03";
    static final String PACK_KEY = "79b0e1d725feb83385f29009ef558b28e8c2c603d4b54258bcf53c0476e77476";
    static final String COMMITMENT = "21a9c1715e9f8f95db28dff10082a06b901f9857b0b1531db0dc31d86d4f3bf8";
    static final String LINK_KEY = "1e19f3d7c9e4cd3fe5bc43130e930a248ec01615dc76071923098008340fc903";
    static final String LABEL_KEY = "29c274b1c31fd3287eaeec0d9de88a1d0746e127b44c8a6ebf753554922421aa";
    static final long GEAR_0 = 0xba235b256a7f6806L;
    static final long GEAR_255 = 0x1a2bfd893cde7374L;

    /** That ring, sealed to the private key of 32 octets 01. */
    static final String ESCROW =
            "90f208dea3393a58e297e7cbba27fae277fc2a1aabd19db3a1e0dbc244223e0f1dde79fc42746451b25cd1ec4bc9004f9b282407c6cdb48c54e530becc1d5a9ac86efdb6a9e4ef103375b94e8f29d592ce7baa546fd59d7f2508234bf28e291412c6758a0adcc7b81e5037509fdf4d1203c37064f6e7b0391de0b0f78727084b17f4856794f79e53cd6cf57de112efd96440aaf73929174de38273c6894b12222aaf03ce877f77151940";

    private Golden() {}
}
