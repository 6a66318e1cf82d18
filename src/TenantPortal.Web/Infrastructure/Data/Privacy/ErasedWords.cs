#pragma warning disable RS0030 // raw SQL: the app itself may not change what was logged
using Npgsql;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Web.Infrastructure.Data.Privacy;

/// <summary>Takes the words out of tickets and leaves their figures: numbers, times, categories, priorities and outcomes stay, nobody's text, name or file does.
/// Links of the log stay whole; their salts go, so that nobody can guess what a hash was made of.</summary>
internal sealed class ErasedWords(NpgsqlConnection connection, NpgsqlTransaction transaction, TenantId client)
{
    private const string Gone = "[erased]";
    /// <summary>What of an event is a figure or an id, and not somebody's words.</summary>
    private const string Figures = "array['priority','was','category','queue','risk','wasRisk','clause','wasClause','channel','number','message','staff','before','reason','version','attempt','step','answer','outcome','from','until','at','accepted','rule','kind','seal','impact','urgency','sensitivity','Device','Os','App','AppVersion','Network','Site','LastChange','Error','Codes','FirstSeen','Affected','Sensitivity']";

    private readonly List<(string What, long Rows)> counted = [];

    /// <summary>What was changed, in the order of the work.</summary>
    public IReadOnlyList<(string What, long Rows)> Counted => counted;

    /// <param name="tickets">Condition on a row "t" of ticket, with $1 the client and the given values from $2 on.</param>
    public async Task TicketsAsync(string tickets, object[] values, CancellationToken cancel)
    {
        var these = $"(select id from ticket t where t.tenant_id = $1 and {tickets})";
        await RunAsync("messages", $"update ticket_message set text = '{Gone}', author_name = case when author_kind = 'Contact' then 'Erased person' else author_name end where tenant_id = $1 and ticket_id in {these}", values, cancel);
        await RunAsync("notes", $"update ticket_note set text = '{Gone}' where tenant_id = $1 and ticket_id in {these}", values, cancel);
        await RunAsync("facts", $"update ticket_fact set value = case when field in ('Affected', 'Sensitivity') or value = '' then value else '{Gone}' end, by_name = case when by_kind = 'Contact' then 'Erased person' else by_name end where tenant_id = $1 and ticket_id in {these}", values, cancel);
        await RunAsync("hidden values", $"delete from ticket_secret where tenant_id = $1 and ticket_id in {these}", values, cancel);
        await RunAsync("comments on guides", $"update attempt set comment = null where tenant_id = $1 and comment is not null and ticket_id in {these}", values, cancel);
        await RunAsync("approvals", $"update approval set text = '{Gone}', recipient = '{Gone}', reason = null where tenant_id = $1 and ticket_id in {these}", values, cancel);
        await RunAsync("notices", $"update staff_notice set sentence = '{Gone}' where tenant_id = $1 and ticket_id in {these}", values, cancel);
        await RunAsync("letters", $"update outbox_message set recipient = 'erased-' || id, subject = '{Gone}', bytes = ''::bytea, state = case when state in ('Queued', 'Uncertain') then 'Failed' else state end where tenant_id = $1 and ticket_id in {these}", values, cancel);
        await RunAsync("learned words", $"delete from learned_ticket where tenant_id = $1 and ticket_id in {these}", values, cancel);
        await RunAsync("files", $"with gone as (delete from ticket_attachment where tenant_id = $1 and ticket_id in {these} returning file_id) delete from stored_file f using gone where f.tenant_id = $1 and f.id = gone.file_id and not exists (select from ticket_attachment a where a.tenant_id = $1 and a.file_id = f.id and a.ticket_id not in {these})", values, cancel);
        await RunAsync("decisions", $"update decision_record set output = case when output ? 'reasons' then jsonb_set(output, '{{reasons}}', '[]') else output end where tenant_id = $1 and ticket_id in {these}", values, cancel);
        await RunAsync("links of the log", $"update audit_entry set salt = null where tenant_id = $1 and ticket_id in {these}", values, cancel);
        await RunAsync("events", $"update ticket_event set detail = (select coalesce(jsonb_object_agg(k, v), '{{}}') from jsonb_each(detail) d (k, v) where k = any({Figures})), actor_name = case when actor_kind = 'Contact' then 'Erased person' else actor_name end where tenant_id = $1 and ticket_id in {these}", values, cancel);
        await RunAsync("words for searches", $"update ticket_search set tsv = to_tsvector('simple', (select t.number::text from ticket t where t.tenant_id = $1 and t.id = ticket_search.ticket_id)) where tenant_id = $1 and ticket_id in {these}", values, cancel);
        await RunAsync("tickets", $"update ticket t set subject = '{Gone}', because = null, resolution = case when resolution is null then null else jsonb_build_object('summary', '{Gone}') end, verdict = case when verdict is null then null else jsonb_set(verdict, '{{reasons}}', '[]') end where t.tenant_id = $1 and {tickets}", values, cancel);
    }

    public async Task RunAsync(string what, string sql, object[] values, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection, transaction) { CommandTimeout = 0 };
        command.Parameters.Add(new() { Value = client.Value });
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        var rows = await command.ExecuteNonQueryAsync(cancel);
        if (rows > 0) counted.Add((what, rows));
    }

    /// <summary>The triggers that announce work stay silent: nobody is told, and nothing is indexed again.</summary>
    public async Task QuietAsync(bool isQuiet, CancellationToken cancel)
    {
        foreach (var table in new[] { "ticket_message", "ticket_event", "ticket", "contact", "learned_ticket" })
        {
            await using var command = new NpgsqlCommand($"alter table {table} {(isQuiet ? "disable" : "enable")} trigger user", connection, transaction);
            await command.ExecuteNonQueryAsync(cancel);
        }
    }
}
