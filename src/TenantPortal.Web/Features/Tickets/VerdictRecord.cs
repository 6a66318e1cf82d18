using System.Text.Json;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Triage;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.Tickets;

/// <summary>A verdict as it was reached. The words themselves stay in the messages, so that a person's text is kept in one place only.</summary>
internal static class VerdictRecord
{
    public static DecisionRecord Of(Ticket ticket, Report report, Triaged triaged, IEnumerable<MessageId> read, DateTimeOffset now) => new()
    {
        TenantId = ticket.TenantId,
        TicketId = ticket.Id.Value,
        Kind = "verdict",
        At = now,
        Inputs = Json(new
        {
            messages = read.Select(m => m.Value),
            channel = report.Channel, impact = report.Impact, urgency = report.Urgency, system = report.AffectedSystem, site = report.SiteId?.Value, form = report.FormCategory,
            history = triaged.History.Tickets, rules = triaged.Verdict.RulesVersion, rulesHash = triaged.Profile.RulesHash, hasSubject = report.Subject.Length > 0, hasError = report.ErrorText is { Length: > 0 },
        }),
        Output = Json(triaged.Verdict),
    };

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, ColumnTypes.JsonOptions);
}
