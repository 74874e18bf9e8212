/** Tells machines at once what they would otherwise learn at their next question. */
package org.cranny.web.events;
