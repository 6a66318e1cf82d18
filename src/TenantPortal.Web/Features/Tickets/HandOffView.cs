using TenantPortal.Domain.HandOver;
using TenantPortal.Domain.People;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.Tickets;

/// <summary>The person who reported it, as an engineer calls back.</summary>
public sealed record HandOffPerson(ContactId Id, string Name, string Email, string? Phone, string? Title)
{
    public string FirstName => PersonName.First(Name);
}

/// <summary>What surrounds the fault at this client: the device and what is on it, printers and ways in, and what changed in the last 30 days, newest first.</summary>
public sealed record SystemSurroundings(Device? Device, Site? Site, IReadOnlyList<Software> Software, IReadOnlyList<Printer> Printers, IReadOnlyList<VpnProfile> Vpn, IReadOnlyList<RecentChange> Changes);

/// <summary>A guide worth trying next, with the version it is cited in and the desk's page of it.</summary>
/// <param name="Checklist">Where its steps are ticked off on the ticket.</param>
public sealed record SuggestedStep(string Title, string Summary, string Version, string Address, string Checklist);

/// <summary>The last time one engineer passed the ticket on, with the note; the note is null for who may not read it.</summary>
public sealed record Passed(string By, int Tier, string? To, DateTimeOffset At, string? Note)
{
    public static Passed? Of(TicketRows rows) => rows.Ticket.IsOpen && rows.Events.LastOrDefault(e => e.Kind == TicketEventKind.PassedOn) is { } passed
        ? new(passed.ActorName, int.Parse(passed.Detail["tier"], System.Globalization.CultureInfo.InvariantCulture), passed.Detail.GetValueOrDefault("to"), passed.At, rows.Notes.LastOrDefault(n => n.At == passed.At)?.Text) : null;
}

/// <summary>Everything the next person is given.</summary>
public sealed record HandOffView
{
    public required Ticket Ticket { get; init; }
    /// <summary>Such as ACME-1042.</summary>
    public required string Reference { get; init; }
    public required string ClientName { get; init; }
    public required string CategoryTitle { get; init; }
    public required HandOffPerson Person { get; init; }
    public required EnvironmentBlock Environment { get; init; }
    public required IReadOnlyList<TicketMessage> Messages { get; init; }
    public required IReadOnlyList<Attempt> Attempts { get; init; }
    /// <summary>What engineers tried themselves, as far as the reader's tier may see it.</summary>
    public required IReadOnlyList<DeskAttempt> Work { get; init; }
    public Passed? PassedOn { get; init; }
    public required SystemSurroundings Surroundings { get; init; }
    public required IReadOnlyList<SimilarTicket> Similar { get; init; }
    /// <summary>The client's systems, for the answer to "which system".</summary>
    public required IReadOnlyList<string> Systems { get; init; }
    /// <summary>Guides that were not tried yet, best first; empty for a resolved ticket.</summary>
    public IReadOnlyList<SuggestedStep> Suggested { get; init; } = [];
    /// <summary>What would still have to be asked: keys of the gate or names of fields.</summary>
    public IReadOnlyList<string> Ask => Ticket.IsOpen ? OpenQuestions.Of(Ticket.MissingAnswers(), Environment) : [];
    /// <summary>Whom the clause names, as a sentence says it; null without a clause.</summary>
    public string? Callee { get; init; }

    public string AsText() => HandOffText.Of(this);
}
