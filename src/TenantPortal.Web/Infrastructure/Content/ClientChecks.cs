using TenantPortal.Domain.Knowledge;

namespace TenantPortal.Web.Infrastructure.Content;

/// <summary>What must hold between the files of one client: every ref leads somewhere, addresses are unique, a site has one default printer.</summary>
internal sealed class ClientChecks(ClientFiles files, ClientRefs refs, ContentProblems problems)
{
    public void Check()
    {
        foreach (var person in files.People) { Site("people.yml", person.Ref, person.Site); Device("people.yml", person.Ref, person.Device); }
        foreach (var device in files.Devices) { Site("devices.yml", device.Ref, device.Site); Person("devices.yml", device.Ref, device.Person); }
        foreach (var software in files.Software) foreach (var device in software.InstalledOn ?? []) Device("software.yml", software.Ref, device);
        foreach (var printer in files.Printers) Site("printers.yml", printer.Ref, printer.Site);
        foreach (var profile in files.Vpn) Site("vpn.yml", profile.Ref, profile.Site);
        foreach (var change in files.Changes) { Site("changes.yml", change.Ref, change.Site); Device("changes.yml", change.Ref, change.Device); }
        foreach (var system in files.Systems) foreach (var site in system.Sites ?? []) Site("systems.yml", system.Ref, site);
        foreach (var value in files.Variables.Where(v => v.Level == VariableLevel.Site)) Site("variables.yml", value.Name, value.Owner);
        foreach (var value in files.Variables.Where(v => v.Level == VariableLevel.Device)) Device("variables.yml", value.Name, value.Owner);
        foreach (var clause in files.Clauses)
        {
            Need("contract.yml", 0, clause.Ref, "system", clause.System, refs.Systems);
            foreach (var site in clause.Sites ?? []) Site("contract.yml", clause.Ref, site);
            Need("contract.yml", 0, clause.Ref, "path", clause.Path, refs.Staff);
        }
        foreach (var ticket in files.Tickets) Ticket(ticket);
        foreach (var twice in files.Tickets.GroupBy(t => t.Ref).Where(g => g.Count() > 1)) problems.Add(twice.Last().File, twice.Last().Line, $"The ref “{twice.Key}” is there twice.");
        foreach (var twice in files.People.GroupBy(p => p.Email.ToLowerInvariant()).Where(g => g.Count() > 1)) problems.Add("people.yml", 0, $"{twice.Key} is the address of {twice.Count()} people; each person has an own one.");
        foreach (var site in files.Printers.Where(p => p.IsDefault).GroupBy(p => p.Site).Where(g => g.Count() > 1)) problems.Add("printers.yml", 0, $"{site.Key ?? "The company"} has {site.Count()} default printers; one is allowed.");
    }

    private void Ticket(TicketEntry ticket)
    {
        Need(ticket.File, ticket.Line, ticket.Ref, "person", ticket.Person, refs.People);
        Need(ticket.File, ticket.Line, ticket.Ref, "device", ticket.Device, refs.Devices);
        Need(ticket.File, ticket.Line, ticket.Ref, "system", ticket.System, refs.Systems);
        Need(ticket.File, ticket.Line, ticket.Ref, "assignee", ticket.Assignee, refs.Staff);
        foreach (var message in ticket.Messages) Need(ticket.File, ticket.Line, ticket.Ref, "from", message.From, refs.Staff);
    }

    private void Site(string file, string of, string? reference) => Need(file, 0, of, "site", reference, refs.Sites);
    private void Device(string file, string of, string? reference) => Need(file, 0, of, "device", reference, refs.Devices);
    private void Person(string file, string of, string? reference) => Need(file, 0, of, "person", reference, refs.People);

    private void Need(string file, int line, string of, string kind, string? reference, IReadOnlySet<string> known)
    {
        if (reference is not null && !known.Contains(reference)) problems.Add(file, line, $"{of} names the {kind} “{reference}”, which is not in the client's files or among the staff.");
    }
}
