#pragma warning disable RS0030 // raw SQL: the app itself may not change what was logged
using Npgsql;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data.Backup;

namespace TenantPortal.Web.Infrastructure.Data.Privacy;

/// <summary>A contact found by client and mail address.</summary>
public sealed record FoundPerson(TenantId Client, Guid Id, string Name);

/// <summary>Erases one contact for good: the account, and the words of all requests; figures stay. First only counted, then done with the same statements.</summary>
public static class ErasePerson
{
    public static async Task<FoundPerson> FindAsync(NpgsqlConnection connection, string slug, string email, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select c.tenant_id, c.id, c.name from contact c join client k on k.id = c.tenant_id where k.slug = $1 and c.normalized_email = $2", connection) { Parameters = { new() { Value = slug }, new() { Value = email.Trim().ToLowerInvariant() } } };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? new(new(reader.GetGuid(0)), reader.GetGuid(1), reader.GetString(2)) : throw new InvalidOperationException($"The client {slug} has nobody with the address {email}.");
    }

    /// <param name="isDone">False: everything is undone at the end, and only the counts are true.</param>
    public static async Task<(FoundPerson Person, IReadOnlyList<(string What, long Rows)> Counted)> RunAsync(string owner, string slug, string email, bool isDone, DateTimeOffset now, CancellationToken cancel)
    {
        await using var connection = await BackupTables.OpenAsync(owner, "PORTAL_DB_OWNER", cancel);
        var person = await FindAsync(connection, slug, email, cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var words = new ErasedWords(connection, transaction, person.Client);
        await words.QuietAsync(true, cancel);
        object[] who = [person.Id];
        await words.TicketsAsync("t.contact_id = $2", who, cancel);
        await words.RunAsync("drafts", "delete from report_draft where tenant_id = $1 and contact_id = $2", who, cancel);
        await words.RunAsync("searches", "update search_log set text = null where tenant_id = $1 and person_id = $2 and text is not null", who, cancel);
        await words.RunAsync("letters of signing in", "update outbox_message set recipient = 'erased-' || id, subject = '[erased]', bytes = ''::bytea where tenant_id = $1 and recipient = (select email from contact where tenant_id = $1 and id = $2)", who, cancel);
        await words.RunAsync("links of signing in", "delete from sign_in_token where tenant_id = $1 and person_id = $2", who, cancel);
        await words.RunAsync("devices", "update device set contact_id = null where tenant_id = $1 and contact_id = $2", who, cancel);
        await words.RunAsync("other links of the log", "update audit_entry a set salt = null where tenant_id = $1 and actor_id = $2 and salt is not null", who, cancel);
        await words.RunAsync("other events", "update client_event set actor_name = 'Erased person' where tenant_id = $1 and actor_id = $2", who, cancel);
        await words.RunAsync("accounts", "update contact set name = 'Erased person', email = 'erased-' || id || '@erased.invalid', normalized_email = 'erased-' || id || '@erased.invalid', phone = null, title = null, external_ref = null, is_active = false, password_hash = null, security_stamp = gen_random_uuid()::text where tenant_id = $1 and id = $2", who, cancel);
        var counted = words.Counted.ToList();
        await words.RunAsync("", "insert into client_event (tenant_id, kind, actor_name, at, detail) values ($1, 'person-erased', 'operator', $3, jsonb_build_object('contact', $2::text))", [person.Id, now.ToUniversalTime()], cancel);
        await words.QuietAsync(false, cancel);
        await using (var tell = new NpgsqlCommand($"select pg_notify('rights', '{person.Client.Value:d} {person.Id:d}')", connection, transaction)) await tell.ExecuteNonQueryAsync(cancel);
        if (isDone) await transaction.CommitAsync(cancel);
        else await transaction.RollbackAsync(cancel);
        return (person, counted);
    }
}
