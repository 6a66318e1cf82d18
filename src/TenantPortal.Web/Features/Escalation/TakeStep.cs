using Microsoft.Extensions.Localization;
using TenantPortal.Domain.Escalation;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Escalation;

/// <summary>Decides one step, once: does it under the path's approval, or asks a service lead. It is written down with what came of it and by whose rule.</summary>
public sealed class TakeStep(PortalDb db, OnCallDirectory directory, CallLead call, SendCards cards, TellStaff tell, EscalationTime said, IStringLocalizer<Words> words)
{
    public async Task RunAsync(Ticket ticket, PlannedStep planned, EscalationPath path, List<LeadCall> calls, DateTimeOffset now, CancellationToken cancel)
    {
        if (planned.Target == EscalationPlan.Update && planned.Step.Percent == 100) ticket.MissUpdate(now);
        var asks = planned.Step.Autonomy == Autonomy.Ask;
        var taken = TakenStep.Of(ticket, planned, path.Rule, asks ? StepState.Asked : StepState.Done, now);
        db.Add(taken);
        taken.Came(asks ? await AskAsync(ticket, taken, now, cancel) : await PerformAsync(ticket, taken, path, calls, Actor.Machine(path.Rule), now, cancel));
        ticket.Record(TicketEventKind.Escalated, Actor.Machine(path.Rule), now, ("sentence", Sentence(ticket, taken)), ("step", taken.Step), ("percent", $"{taken.Percent}"), ("target", taken.Target), ("state", $"{taken.State}"));
    }

    /// <summary>Writes down that a step's moment lies too far back to call anybody.</summary>
    public void PassOver(Ticket ticket, PlannedStep planned, EscalationPath path, DateTimeOffset now)
    {
        var taken = TakenStep.Of(ticket, planned, path.Rule, StepState.PassedOver, now);
        taken.Came(words["PassedOver", said.At(ticket, planned.At, now)]);
        db.Add(taken);
    }

    /// <summary>What came of it, in a sentence.</summary>
    public Task<string> PerformAsync(Ticket ticket, TakenStep step, EscalationPath path, List<LeadCall> calls, Actor by, DateTimeOffset now, CancellationToken cancel) => step.Action switch
    {
        StepAction.Notify => NotifyAsync(ticket, step, path, now, cancel),
        StepAction.Card => cards.RunAsync(ticket, step, now, cancel),
        StepAction.Call => call.FirstAsync(ticket, path, step, calls, now, cancel),
        StepAction.Reassign => Task.FromResult(Reassign(ticket, step, path, by, now)),
    };

    private async Task<string> NotifyAsync(Ticket ticket, TakenStep step, EscalationPath path, DateTimeOffset now, CancellationToken cancel)
    {
        var ladder = Ladder(ticket, step.Who, path, now);
        var owner = step.Who == PathStep.Owner && ticket.AssigneeId is { } id ? directory.Roster.Staff.FirstOrDefault(s => s.Id == id && s.IsActive) : null;
        var to = owner?.Id ?? (ladder is [var first, ..] ? first.Id : null as Domain.People.StaffId?);
        if (to is not { } staff) return words["NobodyToTell"];
        var name = await tell.RunAsync(ticket, staff, step.Id, said.Warning(ticket, step, now), now, cancel);
        return words["Told", name, owner is null ? ladder[0].Why : words["Owner"].Value];
    }

    private string Reassign(Ticket ticket, TakenStep step, EscalationPath path, Actor by, DateTimeOffset now)
    {
        if (Ladder(ticket, step.Who, path, now).FirstOrDefault(p => p.Id != ticket.AssigneeId) is not { } to) return words["NobodyElse"];
        return ticket.Assign(to.Id, Domain.People.PersonName.First(to.Name), null, by, now) is { } refusal ? refusal.Sentence : words["HandedTo", to.Name, to.Why];
    }

    private async Task<string> AskAsync(Ticket ticket, TakenStep step, DateTimeOffset now, CancellationToken cancel)
    {
        var leads = directory.Roster.For("service-lead", ticket.TenantId, now).People;
        foreach (var lead in leads) await tell.RunAsync(ticket, lead.Id, step.Id, words["Asks", said.Step(step.Action, step.Who), said.Warning(ticket, step, now)], now, cancel);
        return leads.Count == 0 ? words["NobodyToAsk"] : words["Asked", string.Join(", ", leads.Select(l => l.Name))];
    }

    private IReadOnlyList<Callee> Ladder(Ticket ticket, string who, EscalationPath path, DateTimeOffset now) => directory.Roster.Ladder(RolesOf(directory, ticket, who, path), ticket.TenantId, now);

    /// <summary>The roles that are asked one after another: the one that is meant, and the service leads behind it, so that a rota's hole leaves nobody alone.</summary>
    public static IEnumerable<string> RolesOf(OnCallDirectory directory, Ticket ticket, string who, EscalationPath path) =>
        [.. who is PathStep.Lead or PathStep.Owner ? directory.LeadsOf(ticket, path) : [who], "service-lead", "operator"];

    private string Sentence(Ticket ticket, TakenStep step) => words["StepSaid", said.Threshold(step), said.Step(step.Action, step.Who), step.Outcome];
}
