using Microsoft.Extensions.Localization;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Requests;

/// <summary>What happens next with a request, in one sentence: who, what, by when.</summary>
public sealed class NextStep(IStringLocalizer<Words> words)
{
    public string Of(RequestHead head, string? assignee, ClientTime time)
    {
        var due = time.Words(head.DueAt);
        var late = head.DueAt <= time.Now;
        return (head.Status, assignee) switch
        {
            (TicketStatus.Resolved, _) => words["NextResolved", time.Day(head.ResolvedAt ?? head.UpdatedAt)],
            (_, { } name) when head.NextUpdateAt is { } update && update > time.Now => words["NextUpdateNamed", name, time.Words(update)],
            (_, null) when head.NextUpdateAt is { } update && update > time.Now => words["NextUpdate", time.Words(update)],
            (TicketStatus.Waiting, null) => words["NextWaiting"],
            (TicketStatus.Waiting, var name) => words["NextWaitingNamed", name],
            (TicketStatus.OnHold, _) => words["NextOnHold"],
            (_, null) when late => words["NextLate", due],
            (_, { } name) when late => words["NextLateNamed", name, due],
            (_, null) when head.IsTryingGuide => words["NextGuide", due],
            (_, null) when head.Missing.Count > 0 => words["NextMissing", due],
            (_, null) => words["NextPerson", due],
            (_, { } name) when head.FirstReplyAt is null => words["NextNamed", name, due],
            (_, { } name) => words["NextSolving", name, due],
        };
    }
}
