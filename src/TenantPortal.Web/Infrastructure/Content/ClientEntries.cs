using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.People;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Sla;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Web.Infrastructure.Content;

// A client's files as read and checked, with refs instead of ids. A missing list of sites or devices means all.

public sealed record ClientHead(string Slug, string Name, string TicketPrefix, string TimeZone, string Language, string? Phone, string? Hours, string Theme, string Accent, string? LogoSvg, string? Welcome, string? Notice, IReadOnlyList<string> Packs);
public sealed record SiteEntry(string Ref, string Name, string? Address, string? Phone, string? Kind, int People);
public sealed record PersonEntry(string Ref, string Name, string Email, string? Phone, string? Site, ContactRole Role, string? Title, string? Device, bool? IsActive = null);
public sealed record DeviceEntry(string Ref, string Name, DeviceKind Kind, string? Model, string? Os, string? OsVersion, string? Site, string? Person, string? Serial);
public sealed record SoftwareEntry(string Ref, string Name, string? Vendor, string? Version, IReadOnlyList<string>? InstalledOn, int? Seats, int? SeatsUsed, string? Portal);
public sealed record PrinterEntry(string Ref, string Name, string? Model, string? Address, string? Location, string? Site, bool IsDefault);
public sealed record VpnEntry(string Ref, string Name, string App, string Gateway, string? Site);
public sealed record ChangeEntry(string Ref, string What, ChangeKind Kind, ContentMoment Moment, string? Site, string? Device, string? By);
public sealed record VariableEntry(VariableLevel Level, string? Owner, string Name, string Value);
public sealed record SystemEntry(string Ref, string Name, IReadOnlyList<string> Everyday, IReadOnlyList<string>? Sites, bool IsCritical);
public sealed record ContractEntry(string Ref, string Name, string Tier, DateOnly Starts, DateOnly? Ends, OpenHours Hours, IReadOnlyList<PriorityTarget> Targets);
public sealed record ClauseEntry(string Ref, string Title, string System, IReadOnlyList<string> When, Breadth Breadth, IReadOnlyList<string>? Sites, Priority Priority, int FirstReplyMinutes, int ResolutionMinutes, int? NextReplyMinutes, ClockKind Clock, CalendarChoice Calendar, string? Path, string Quote, string? Page, DateOnly? ReviewBy);

/// <param name="From">Null: the contact. Otherwise the key of a staff member.</param>
public sealed record TicketMessageEntry(string? From, TimeSpan After, string Text);
public sealed record TicketAttemptEntry(string Runbook, IReadOnlyList<StepAnswer> Answers, AttemptOutcome Outcome);
public sealed record TicketResolutionEntry(TimeSpan After, Resolution Resolution);

/// <summary>A ticket of tickets/past.jsonl (with a resolution) or tickets/live.jsonl (with a state).</summary>
public sealed record TicketEntry
{
    public required string Ref { get; init; }
    public required string File { get; init; }
    public required int Line { get; init; }
    public required ContentMoment Moment { get; init; }
    public required string Person { get; init; }
    public string? Device { get; init; }
    public required Channel Channel { get; init; }
    public required string Subject { get; init; }
    public required string Text { get; init; }
    public Impact? Impact { get; init; }
    public Urgency? Urgency { get; init; }
    public Sensitivity Sensitivity { get; init; }
    public string? System { get; init; }
    public string? Category { get; init; }
    public string? Error { get; init; }
    public IReadOnlyList<TicketMessageEntry> Messages { get; init; } = [];
    public IReadOnlyList<TicketAttemptEntry> Attempts { get; init; } = [];
    public string? Note { get; init; }
    public string? Assignee { get; init; }
    public TicketResolutionEntry? Resolution { get; init; }
    public bool Reopened { get; init; }
    public TicketStatus State { get; init; }
}

/// <summary>Everything of one client's folder.</summary>
public sealed record ClientFiles
{
    public required ClientHead Head { get; init; }
    public required IReadOnlyList<SiteEntry> Sites { get; init; }
    public required IReadOnlyList<PersonEntry> People { get; init; }
    public required IReadOnlyList<DeviceEntry> Devices { get; init; }
    public required IReadOnlyList<SoftwareEntry> Software { get; init; }
    public required IReadOnlyList<PrinterEntry> Printers { get; init; }
    public required IReadOnlyList<VpnEntry> Vpn { get; init; }
    public required IReadOnlyList<ChangeEntry> Changes { get; init; }
    public required IReadOnlyList<VariableEntry> Variables { get; init; }
    public required IReadOnlyList<SystemEntry> Systems { get; init; }
    public ContractEntry? Contract { get; init; }
    public required IReadOnlyList<ClauseEntry> Clauses { get; init; }
    public required IReadOnlyList<TicketEntry> Tickets { get; init; }
}
