using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Triage;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.Triage;

/// <summary>A verdict reached once more from what was kept of it.</summary>
/// <param name="Differences">None: the same result.</param>
/// <param name="Problem">Why it cannot be reached again; null when it was.</param>
public sealed record Replayed(Verdict Stored, IReadOnlyList<VerdictDifference> Differences, string? Problem);

/// <summary>Reaches a stored verdict again: by the rules that held then, from the messages, answers and earlier tickets that were read then.</summary>
public sealed class ReplayDecision(PortalDb db)
{
    private sealed record Inputs(IReadOnlyList<Guid>? Messages, Channel Channel, Impact? Impact, Urgency? Urgency, string? System, Guid? Site, string? Form, IReadOnlyList<RecentTicket>? History, string? RulesHash, bool HasSubject, bool HasError);

    public async Task<Replayed> RunAsync(DecisionRecord decision, Ticket ticket, CancellationToken cancel)
    {
        var stored = JsonSerializer.Deserialize<Verdict>(decision.Output, ColumnTypes.JsonOptions)!;
        var inputs = JsonSerializer.Deserialize<Inputs>(decision.Inputs, ColumnTypes.JsonOptions)!;
        if (inputs.RulesHash is not { } hash) return new(stored, [], "It was taken before rules were kept, so it cannot be reached again.");
        if (await db.RuleSnapshots.AsNoTracking().FirstOrDefaultAsync(s => s.TenantId == decision.TenantId && s.Hash == hash, cancel) is not { } snapshot) return new(stored, [], "The rules that held then are not kept.");
        var words = snapshot.Parts.RuleSet is not { } set ? TriageRules.None : (await db.TriageRules.AsNoTracking().FirstOrDefaultAsync(r => r.TenantId == decision.TenantId && r.Id == set, cancel))?.Rules;
        if (words is null) return new(stored, [], "The words of the rules that held then are not kept.");
        var ids = (inputs.Messages ?? []).Select(id => new MessageId(id)).ToList();
        var said = await db.Messages.AsNoTracking().Where(m => m.TenantId == decision.TenantId && ids.Contains(m.Id)).OrderBy(m => m.Number).Select(m => m.Text).ToListAsync(cancel);
        if (said.Count != ids.Count) return new(stored, [], "A message that was read then is gone.");
        var error = inputs.HasError ? await db.Facts.AsNoTracking().Where(f => f.TenantId == decision.TenantId && f.TicketId == ticket.Id && f.Field == EnvironmentField.Error && f.Source == FactSource.Asked).OrderBy(f => f.At).Select(f => f.Value).FirstOrDefaultAsync(cancel) : null;
        var report = new Report
        {
            Subject = inputs.HasSubject ? ticket.Subject : "", Text = string.Join('\n', said), Channel = inputs.Channel, Impact = inputs.Impact, Urgency = inputs.Urgency, AffectedSystem = inputs.System,
            SiteId = inputs.Site is { } site ? new SiteId(site) : null, ErrorText = error, FormCategory = inputs.Form,
        };
        return new(stored, VerdictDifference.Between(stored, TriageVerdict.For(report, snapshot.Parts.With(words), new(inputs.History ?? []))), null);
    }
}
