using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Features.Contracts;
using TenantPortal.Web.Infrastructure.Content;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;

namespace TenantPortal.Web.Features.ContentImport;

/// <summary>Brings contract.yml into the contract and its clauses; each one's version grows when its words or times changed.</summary>
internal sealed class ContractMerge(PortalDb db, TenantId client, ClientFiles files, IReadOnlyDictionary<string, SiteId> sites, DateTimeOffset now)
{
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        if (files.Contract is not { } entry) return 0;
        var contract = await db.Contracts.FirstOrDefaultAsync(c => c.ExternalRef == entry.Ref, cancel);
        var isNew = contract is null;
        if (contract is null) Tell("contract-imported", entry.Name, null, Key(contract = db.Add(Make(entry)).Entity));
        else if (!PackParts.Same(Key(contract), Key(Make(entry))))
        {
            Tell("contract-imported", entry.Name, Key(contract), Key(Make(entry)));
            Change(contract, Make(entry));
        }
        var written = await db.SaveChangesAsync(cancel);

        // what was approved in the register is changed there, by people
        var approved = await db.ClauseVersions.Where(v => v.State == ClauseState.InForce).Select(v => v.ClauseId).ToListAsync(cancel);
        var known = await db.Clauses.Where(c => c.ContractId == contract.Id && c.ExternalRef != null).ToDictionaryAsync(c => c.ExternalRef!, cancel);
        foreach (var text in files.Clauses)
        {
            var made = Make(text, contract.Id);
            if (!known.Remove(text.Ref, out var clause)) Tell("clause-imported", made.Title, null, Key(db.Add(made).Entity));
            else if (!approved.Contains(clause.Id) && !PackParts.Same(Key(clause), Key(made)))
            {
                Tell("clause-imported", made.Title, Key(clause), Key(made));
                Change(clause, made);
            }
        }
        foreach (var gone in known.Values.Where(c => !approved.Contains(c.Id)))
        {
            Tell("clause-removed", gone.Title, Key(gone), null);
            db.Remove(gone);
        }
        if (!isNew && (written > 0 || db.ChangeTracker.HasChanges())) new JobQueue(db).Add(client, ClocksAgain.JobKind, null, now);
        return written;
    }

    private void Tell(string kind, string title, object? before, object? after) => db.Add(new ClientEvent
    {
        TenantId = client, Kind = kind, ActorName = "client import", At = now,
        Detail = new() { ["title"] = title, ["before"] = before is null ? "" : JsonSerializer.Serialize(before, ColumnTypes.JsonOptions), ["after"] = after is null ? "" : JsonSerializer.Serialize(after, ColumnTypes.JsonOptions) },
    });

    private Contract Make(ContractEntry entry) => new() { TenantId = client, ExternalRef = entry.Ref, Name = entry.Name, Tier = entry.Tier, StartsOn = entry.Starts, EndsOn = entry.Ends, Hours = entry.Hours, Targets = [.. entry.Targets] };

    private Clause Make(ClauseEntry entry, Guid contract) => new()
    {
        TenantId = client, ContractId = contract, ExternalRef = entry.Ref, Title = entry.Title, System = files.Systems.First(s => s.Ref == entry.System).Name, When = [.. entry.When], Breadth = entry.Breadth, Sites = entry.Sites?.Select(s => sites[s]).ToList() ?? [],
        Priority = entry.Priority, FirstReplyMinutes = entry.FirstReplyMinutes, ResolutionMinutes = entry.ResolutionMinutes, NextReplyMinutes = entry.NextReplyMinutes, Clock = entry.Clock, Calendar = entry.Calendar, Path = entry.Path, Quote = entry.Quote, Page = entry.Page, ReviewBy = entry.ReviewBy,
    };

    // the database keeps the days in an order of its own
    private static object Key(Contract c) => new { c.Name, c.Tier, c.StartsOn, c.EndsOn, c.Hours.TimeZone, Weekly = c.Hours.Weekly.OrderBy(day => day.Key, StringComparer.Ordinal), c.Hours.Holidays, c.Targets };
    private static object Key(Clause c) => new { c.Title, c.System, c.When, c.Breadth, c.Sites, c.Priority, c.FirstReplyMinutes, c.ResolutionMinutes, c.NextReplyMinutes, c.Clock, c.Calendar, c.Path, c.Quote, c.Page, c.ReviewBy };

    private static void Change(Contract contract, Contract made)
    {
        (contract.Name, contract.Tier, contract.StartsOn, contract.EndsOn, contract.Hours, contract.Targets) = (made.Name, made.Tier, made.StartsOn, made.EndsOn, made.Hours, made.Targets);
        contract.Version++;
    }

    private static void Change(Clause clause, Clause made)
    {
        (clause.Title, clause.System, clause.When, clause.Breadth, clause.Sites, clause.Priority) = (made.Title, made.System, made.When, made.Breadth, made.Sites, made.Priority);
        (clause.FirstReplyMinutes, clause.ResolutionMinutes, clause.NextReplyMinutes, clause.Clock, clause.Calendar) = (made.FirstReplyMinutes, made.ResolutionMinutes, made.NextReplyMinutes, made.Clock, made.Calendar);
        (clause.Path, clause.Quote, clause.Page, clause.ReviewBy) = (made.Path, made.Quote, made.Page, made.ReviewBy);
        clause.Version++;
    }
}
