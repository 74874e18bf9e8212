/** The background agent: keeps in touch with central, does what it is asked to do, one piece at a time. */
package org.cranny.client.agent;
