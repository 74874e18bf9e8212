/** What agents are asked to do. */
package org.cranny.web.pages.jobs;
