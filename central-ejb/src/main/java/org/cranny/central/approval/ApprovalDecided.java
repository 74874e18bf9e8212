package org.cranny.central.approval;

/**
 * News: leave was given or refused, by a person, by time, or by recovery officers who opened what was asked for. Told
 * within the transaction that writes it down; at most twice of one approval: what was given may be taken back.
 */
public record ApprovalDecided(Approval approval) {}
