package org.cranny.protocol.custody;

/** What came of findings. @param counted how many copies count no more now and did before */
public record FindingsAnswer(int counted) {}
