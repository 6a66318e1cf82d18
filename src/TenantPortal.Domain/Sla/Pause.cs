namespace TenantPortal.Domain.Sla;

/// <summary>Why a clock rests; <see cref="Resolved"/> is the time between the end of a ticket and its reopening.</summary>
public enum PauseReason { WaitingForContact, WaitingForVendor, WaitingForApproval, Scheduled, Resolved }

/// <summary>A rest of the clock; without <paramref name="To"/> it still goes on. <paramref name="By"/> names who paused it, as the timeline does.</summary>
public sealed record Pause(DateTimeOffset From, DateTimeOffset? To, PauseReason Reason, string? By = null);
