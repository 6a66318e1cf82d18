using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.People;

/// <summary>The MSP's own people and their rights. Nobody gives away more clients than he serves, an active operator always stays, and each change is written
/// down, in its own transaction, as an event of the MSP.</summary>
public sealed class StaffAccounts(StaffDirectory staff, ClientDirectory clients, ClientScopes scopes, SignInPost post, Me me, TimeProvider time)
{
    public IEnumerable<StaffMember> All => staff.All;

    /// <summary>The member of that id whose account I may change: whoever serves some clients only reaches those who serve none but these.</summary>
    public StaffMember? Within(Guid id) => staff.ById(new(id)) is { } member && Reaches(member) ? member : null;

    public bool Reaches(StaffMember member) => me.Staff.ServesAllClients || (!member.ServesAllClients && member.Clients.TrueForAll(me.Staff.Serves));

    public async Task<Refusal?> InviteAsync(InviteInput input, CancellationToken cancel)
    {
        if ((input.Check() ?? CheckClients(input)) is { } refusal) return refusal;
        var email = input.Email!.Trim().ToLowerInvariant();
        if (staff.ByEmail(email) is not null) return new($"Somebody with the address {email} is here already. Look for it in the list.");
        var member = new StaffMember { Key = Key(input.Name!), Name = input.Name!.Trim(), Email = email, NormalizedEmail = email };
        Give(member, input);
        await RecordAsync(member.Id, "staff-invited", [("email", email), .. Rights(member)], async transaction => { await StaffDirectory.AddAsync(member, transaction, cancel); return null; }, cancel);
        post.Queue(new(null, email, OneTimeLinks.StaffPassword, null) { IsInvitation = true });
        return null;
    }

    public async Task<Refusal?> ChangeAsync(StaffMember member, InviteInput input, CancellationToken cancel)
    {
        if (CheckClients(input) is { } refusal) return refusal;
        if (member.Id == me.Staff.Id && !input.Roles.Contains(StaffRoles.Operator)) return new("You cannot take your own operator right away. Ask another operator.");
        var after = new StaffMember { Key = member.Key, Name = member.Name, Email = member.Email, NormalizedEmail = member.NormalizedEmail };
        Give(after, input);
        var changes = Rights(member).Zip(Rights(after)).Where(pair => pair.First != pair.Second).Select(pair => (pair.First.Key, $"{pair.First.Value} → {pair.Second.Value}")).ToArray();
        if (changes.Length == 0) return null;
        return await RecordAsync(member.Id, "staff-changed", changes, transaction => KeepingAnOperatorAsync(member, m => Give(m, input), transaction, cancel), cancel);
    }

    /// <summary>Activates or deactivates; every session of the person ends at once.</summary>
    public Task<Refusal?> ToggleAsync(StaffMember member, CancellationToken cancel) =>
        RecordAsync(member.Id, member.IsActive ? "staff-deactivated" : "staff-activated", [], transaction =>
            KeepingAnOperatorAsync(member, m => (m.IsActive, m.SecurityStamp) = (!member.IsActive, Guid.NewGuid().ToString("n")), transaction, cancel), cancel);

    public void MailLink(StaffMember member) => post.Queue(new(null, member.Email, OneTimeLinks.StaffPassword, null));

    // unknown and not one's own are told alike
    private Refusal? CheckClients(InviteInput input)
    {
        if (input.AllClients && !me.Staff.ServesAllClients) return new("You serve some clients only, so nobody gets all of them from you. Choose from yours.");
        return input.Clients.TrueForAll(slug => !string.IsNullOrEmpty(slug) && clients.BySlug(slug) is { IsMsp: false } client && me.Staff.Serves(client.Id)) ? null : new("One of the clients is not yours to give. Choose from the list.");
    }

    private void Give(StaffMember member, InviteInput input)
    {
        member.Roles = input.Roles.Aggregate(StaffRoles.None, (all, role) => all | role);
        member.Tier = Math.Clamp(input.Tier, 0, 3);
        (member.ServesAllClients, member.Clients) = (input.AllClients, [.. input.Clients.Distinct(StringComparer.Ordinal).Select(slug => clients.BySlug(slug)!.Id)]);
    }

    private (string Key, string Value)[] Rights(StaffMember member) =>
    [
        ("roles", $"{member.Roles}"), ("tier", $"{member.Tier}"),
        ("clients", member.ServesAllClients ? "all" : string.Join(", ", member.Clients.Select(c => clients.ById(c)?.Slug).Order(StringComparer.Ordinal))),
    ];

    private static async Task<Refusal?> KeepingAnOperatorAsync(StaffMember member, Action<StaffMember> change, DbTransaction transaction, CancellationToken cancel) =>
        await StaffDirectory.ChangeAsync(member.Id, change, transaction, cancel) ? null : new($"{member.Name} is the last active operator. Make somebody else one first.");

    // the operator's own scope may be without the MSP's rows
    private async Task<Refusal?> RecordAsync(StaffId member, string kind, (string Key, string Value)[] detail, Func<DbTransaction, Task<Refusal?>> change, CancellationToken cancel)
    {
        var refusal = await scopes.RunAsync(clients.Msp.Id, async services =>
        {
            var db = services.GetRequiredService<PortalDb>();
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            if (await change(transaction.GetDbTransaction()) is { } refused) return refused;
            db.Add(new ClientEvent { TenantId = clients.Msp.Id, Kind = kind, ActorName = me.Staff.Name, ActorId = me.Staff.Id.Value, At = time.GetUtcNow(), Detail = detail.Prepend(("staff", member.ToString())).ToDictionary(d => d.Item1, d => d.Item2) });
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            return null;
        });
        if (refusal is null) await staff.RefreshAsync(cancel);
        return refusal;
    }

    private string Key(string name)
    {
        var first = string.Concat(name.Trim().Split(' ')[0].ToLowerInvariant().Where(char.IsAsciiLetterLower));
        var stem = first.Length == 0 ? "staff" : first;
        for (var n = 1; ; n++)
            if (staff.ByKey(n == 1 ? stem : $"{stem}{n}") is null) return n == 1 ? stem : $"{stem}{n}";
    }
}
