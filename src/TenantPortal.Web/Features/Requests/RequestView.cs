using TenantPortal.Domain.People;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.Requests;

public sealed record ShownFile(Guid Id, string Name, string MediaType, long Size);

/// <summary>One entry of the timeline: a message with its files, an event, or a guide that was tried.</summary>
public abstract record TimelineEntry(DateTimeOffset At);
public sealed record SaidMessage(DateTimeOffset At, int Number, ActorKind By, string Name, bool IsMine, string Text, IReadOnlyList<ShownFile> Files, bool Asks = false) : TimelineEntry(At);
public sealed record SeenEvent(DateTimeOffset At, TicketEventKind Kind, string Name, (string Reason, string What)? Hold = null) : TimelineEntry(At);
public sealed record TriedGuide(DateTimeOffset At, string Title, AttemptOutcome Outcome, IReadOnlyList<AttemptStep> Steps) : TimelineEntry(At);

public sealed record RequestView(RequestHead Head, string? AssigneeName, bool GuideWaits, bool PersonTold, IReadOnlyList<TimelineEntry> Timeline)
{
    public IEnumerable<SaidMessage> Messages => Timeline.OfType<SaidMessage>();
}

/// <summary>What a request still misses, to be asked one tap each.</summary>
public sealed record MissingAnswers(IReadOnlyList<string> Missing, string Here, IReadOnlyList<string> Systems, bool Primary)
{
    /// <summary>What an engineer asked for besides.</summary>
    public IReadOnlyList<EnvironmentField> Fields { get; init; } = [];
}

public sealed record RequestList(IReadOnlyList<RequestHead> Requests, string At, bool WithNames, Func<RequestHead, string> Next);
