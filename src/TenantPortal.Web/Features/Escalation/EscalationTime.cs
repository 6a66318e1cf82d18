using Microsoft.Extensions.Localization;
using TenantPortal.Domain.Escalation;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Escalation;

/// <summary>Thresholds, steps and moments in words, by the wall clock of the client.</summary>
public sealed class EscalationTime(ClientDirectory clients, OnCallDirectory directory, IStringLocalizer<Words> words)
{
    public string At(Ticket ticket, DateTimeOffset at, DateTimeOffset now) => new ClientTime(clients.ById(ticket.TenantId)!, now).Words(at);

    public string Reference(Ticket ticket) => $"{clients.ById(ticket.TenantId)?.TicketPrefix}-{ticket.Number}";

    public string Client(Ticket ticket) => clients.ById(ticket.TenantId)?.Name ?? "";

    /// <summary>"75 % of the first reply's time is used".</summary>
    public string Threshold(TakenStep step) => step.Target switch
    {
        EscalationPlan.OnPath => words["OnPath"],
        EscalationPlan.Update => words[step.Percent < 100 ? "UpdateSoon" : "UpdateMissed"],
        _ when step.Percent == 100 => words["Broken" + step.Target],
        _ => words["Used" + step.Target, step.Percent],
    };

    public string Step(StepAction action, string who) => words["Do" + action, Who(who)];

    public string Who(string who) => who switch
    {
        PathStep.Owner => words["WhoOwner"],
        PathStep.Lead => words["WhoLead"],
        _ => directory.Roster.Rotas.FirstOrDefault(r => r.Key == who)?.Name ?? directory.Roster.Staff.FirstOrDefault(s => s.Key == who)?.Name ?? who.Replace('-', ' '),
    };

    /// <summary>What the ticket is, and what is about to happen to it.</summary>
    public string Warning(Ticket ticket, TakenStep step, DateTimeOffset now) => words["Warning", Threshold(step), Expects(ticket, now)];

    /// <summary>"A first reply is due 14:30".</summary>
    public string Expects(Ticket ticket, DateTimeOffset now) =>
        words[ticket.DueAt <= now ? "WasDue" : "IsDue", words["Target" + (ticket.DueFor ?? "Response")], At(ticket, ticket.DueAt, now)];
}
