using Microsoft.Extensions.Localization;
using TenantPortal.Domain.Escalation;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Mail;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Escalation;

/// <summary>Calls a person by mail and every calling channel, and goes on: once more, then the next person, who is handed the ticket, and so on until somebody acknowledges.</summary>
public sealed class CallLead(PortalDb db, OnCallDirectory directory, MailQueue mail, SendCards cards, TellStaff tell, CallLinks links, EscalationTime said, StaffDirectory staff, IStringLocalizer<Words> words)
{
    public async Task<string> FirstAsync(Ticket ticket, EscalationPath path, TakenStep step, List<LeadCall> calls, DateTimeOffset now, CancellationToken cancel)
    {
        // somebody is being called about this ticket, or has just acknowledged: a second chain would only confuse them
        if (calls.Find(c => c.AgainAt is not null && c.Role == step.Who) is { } open) return words["CalledAlready", open.StaffName];
        var (ladder, problem) = Ladder(ticket, step, path, now);
        if (LeadCall.Next(ladder, []) is not { } to) return words["NobodyToCall", problem ?? ""];
        await CallAsync(ticket, path, step, calls, 1, to, now, cancel);
        return problem is null ? words["Called", to.Name, to.Why] : words["CalledInstead", problem, to.Name];
    }

    /// <summary>Nobody acknowledged the latest call of a step.</summary>
    public async Task AgainAsync(TakeStep take, Ticket ticket, EscalationPath path, TakenStep step, List<LeadCall> calls, DateTimeOffset now, CancellationToken cancel)
    {
        var before = calls.Where(c => c.StepId == step.Id).OrderBy(c => c.Number).ToList();
        var last = before[^1];
        foreach (var earlier in before) earlier.Stop();
        var (ladder, _) = Ladder(ticket, step, path, now);
        if (before.Count >= LeadCall.Most || LeadCall.Next(ladder, before) is not { } to)
        {
            ticket.Record(TicketEventKind.Escalated, Actor.Machine(path.Rule), now, ("sentence", words["GaveUp", before.Count]), ("state", "GaveUp"));
            return;
        }
        if (before.Count == LeadCall.Each && to.Id != last.StaffId) await HandOverAsync(take, ticket, path, step, last, to, calls, now, cancel);
        await CallAsync(ticket, path, step, calls, last.Number + 1, to, now, cancel);
    }

    // a step like any other: decided once, by the path's approval or a lead
    private Task HandOverAsync(TakeStep take, Ticket ticket, EscalationPath path, TakenStep step, LeadCall silent, Callee to, List<LeadCall> calls, DateTimeOffset now, CancellationToken cancel)
    {
        if (ticket.AssigneeId == to.Id) return Task.CompletedTask;
        ticket.Record(TicketEventKind.Escalated, Actor.Machine(path.Rule), now, ("sentence", words["Silent", silent.StaffName, LeadCall.Each]), ("state", "Silent"));
        var key = staff.ById(to.Id)!.Key;
        return take.RunAsync(ticket, new(step.Target, step.StartedAt, new(step.Percent, StepAction.Reassign, key, path.HandOver), now), path, calls, now, cancel);
    }

    private async Task CallAsync(Ticket ticket, EscalationPath path, TakenStep step, List<LeadCall> calls, int number, Callee to, DateTimeOffset now, CancellationToken cancel)
    {
        var person = staff.ById(to.Id)!;
        var call = new LeadCall { TenantId = ticket.TenantId, TicketId = ticket.Id, StepId = step.Id, Number = number, Role = step.Who, StaffId = to.Id, StaffName = to.Name, Why = to.Why, CalledAt = now };
        call.GoOn(now.AddMinutes(path.CallAgainMinutes));
        calls.Add(call);
        db.Add(call);
        ticket.Record(TicketEventKind.LeadCalled, Actor.Machine(path.Rule), now, ("to", to.Name), ("why", to.Why), ("number", $"{number}"), ("role", said.Who(step.Who)));
        var page = links.PathOf(call);
        var facts = await cards.FactsAsync(ticket, now, cancel);
        await mail.QueueAsync(tell.Letter("call", ticket, person, $"{call.Id:n}", page, new() { ["sentence"] = words["CallSaid", said.Client(ticket), ticket.Priority, said.Expects(ticket, now)], ["why"] = to.Why, ["owner"] = facts.Owner, ["touches"] = facts.Touches, ["next"] = facts.Next }), cancel);
        await cards.CallAsync(ticket, call, person, page, facts, now, cancel);
    }

    private (IReadOnlyList<Callee> Ladder, string? Problem) Ladder(Ticket ticket, TakenStep step, EscalationPath path, DateTimeOffset now)
    {
        var roles = TakeStep.RolesOf(directory, ticket, step.Who, path).ToList();
        var roster = directory.Roster;
        return (roster.Ladder(roles, ticket.TenantId, now), roster.For(roles[0], ticket.TenantId, now).Problem);
    }
}
