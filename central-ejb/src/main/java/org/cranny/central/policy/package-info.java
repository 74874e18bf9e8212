/** What is backed up, when and how: documents of four scopes, what they mean for a system, and what is due. */
package org.cranny.central.policy;
