using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Triage;
using TenantPortal.Web.Features.Triage;
using TenantPortal.Web.Infrastructure.Content;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.ContentImport;

/// <summary>Tries a pack's triage rules on what has happened: each client's tickets of the last 90 days, the newest 10,000 of them, are judged by today's rules and by these. Nothing is changed; that it was done is written down, for no changed rules are taken in without.</summary>
public sealed class TryPack(ClientScopes scopes, ClientDirectory clients, TimeProvider time)
{
    private const int Shown = 20, Step = 100;

    public async Task<bool> RunAsync(string folder, string? only, Progress progress, CancellationToken cancel)
    {
        var problems = new ContentProblems();
        if (new PackFolder(folder, clients.Msp.Id, problems).Read() is not { } pack)
        {
            progress.Refused($"{folder} was refused:", problems.All);
            return false;
        }
        if (pack.Triage is not { } rules) throw new InvalidOperationException($"{pack.Name} has no triage rules.");
        if (only is not null && clients.BySlug(only) is null) throw new InvalidOperationException($"There is no client {only}.");
        var (words, changed) = (new TriageWords(rules), 0);
        foreach (var client in clients.All.Where(c => c is { IsMsp: false, IsActive: true } && (only is null || c.Slug == only))) changed += await scopes.RunAsync(client.Id, services => TryAsync(services, client, words, progress, cancel));
        if (only is null) await scopes.RunAsync(clients.Msp.Id, services => new TriedRules(services.GetRequiredService<PortalDb>()).WriteAsync(clients.Msp.Id, rules, changed, time.GetUtcNow(), cancel));
        return true;
    }

    private async Task<int> TryAsync(IServiceProvider services, Client client, TriageWords words, Progress progress, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var profile = await services.GetRequiredService<ClientProfiles>().OfAsync(client.Id, services.GetRequiredService<PortalDb>(), now, cancel);
        var (holding, other) = (new RulesInForce(profile.Rules, profile.Terms), new RulesInForce(profile.Rules.With(words), profile.Terms));
        var tickets = await services.GetRequiredService<PastTickets>().RunAsync(client.Id, RuleReplay.MostTickets, now, cancel);
        var (changed, done) = (new List<ChangedTicket>(), 0);
        foreach (var ticket in tickets)
        {
            if (RulesTrial.Compare(ticket, holding, other, now) is { } difference) changed.Add(difference);
            if (++done % Step == 0) progress.Step($"{client.Name}  [{new string('#', 30 * done / tickets.Count),-30}] {done:n0} of {tickets.Count:n0}");
        }
        progress.Done();
        var changes = RuleChanges.Of(tickets.Count, changed);
        progress.Say($"{client.Name}: {changes.Changed:n0} of {changes.Tickets:n0} tickets of the last 90 days would have been treated otherwise ({changes.MoreUrgent} more urgent, {changes.LessUrgent} less, {changes.OtherOwner} with another person or queue, {changes.NewlyLate} newly late, {changes.NoLongerLate} no longer).");
        foreach (var one in changes.First.Take(Shown)) progress.Say($"  {client.TicketPrefix}-{one.Number}: {Said(one.PriorityWas, one.RiskWas, one.ClauseWas, one.QueueWas)} -> {Said(one.Priority, one.Risk, one.Clause, one.Queue)}");
        if (changes.Changed > Shown) progress.Say($"  and {changes.Changed - Shown:n0} more");
        return changes.Changed;
    }

    private static string Said(Domain.Tickets.Priority priority, Domain.Tickets.RiskTags risk, string? clause, string queue) => $"{priority}{(risk == Domain.Tickets.RiskTags.None ? "" : $" {risk}")}{(clause is null ? "" : $" “{clause}”")}, {queue}";
}
