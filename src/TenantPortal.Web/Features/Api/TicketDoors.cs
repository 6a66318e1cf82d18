using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Infrastructure;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Api;

/// <summary>The addresses of tickets.</summary>
public static class TicketDoors
{
    public static void Map(RouteGroupBuilder client)
    {
        var read = client.MapGroup("/tickets").Needs(ApiScopes.TicketsRead).WithTags("tickets");
        read.MapGet("", ListAsync).WithSummary("Tickets, newest first").Produces<PageOf<TicketAnswer>>().ProducesProblem(422);
        read.MapGet("/{number:int}", ReadAsync).WithSummary("One ticket with its messages").WithDescription("The ETag is the ticket's version: send it as If-Match with a change that must not meet somebody else's.").Produces<TicketAnswer>();
        var write = client.MapGroup("/tickets").Needs(ApiScopes.TicketsWrite).WithTags("tickets");
        write.MapPost("", OpenAsync).WithSummary("Report something on behalf of a person").Produces<TicketAnswer>(201).Produces<TicketAnswer>().ProducesProblem(422).WithKey();
        Verb(write.MapPost("/{number:int}/messages", MessageAsync), "Write as the contact (a client's token)");
        Verb(write.MapPost("/{number:int}/take", TakeAsync), "Take it (a token of staff)");
        Verb(write.MapPost("/{number:int}/reply", ReplyAsync), "Reply to the contact (a token of staff)");
        Verb(write.MapPost("/{number:int}/notes", NoteAsync), "Write an internal note (a token of staff)");
        Verb(write.MapPost("/{number:int}/resolve", ResolveAsync), "Resolve it, or close it for its contact");
        Verb(write.MapPost("/{number:int}/reopen", ReopenAsync), "Open it again");
    }

    private static void Verb(RouteHandlerBuilder verb, string summary) => verb.WithSummary(summary).Produces<TicketAnswer>().ProducesProblem(409).ProducesProblem(412).ProducesProblem(422).WithKey().WithVersion();

    private static async Task<IResult> ListAsync(Me me, ReadTickets tickets, CancellationToken cancel, bool? open = null, int? before = null, int limit = 50) =>
        limit is < 1 or > 200 ? ApiResults.Wrong("“limit” is a number from 1 to 200.") : TypedResults.Ok(await tickets.ListAsync(me.Client!, open, before, limit, cancel));

    private static Task<IResult> ReadAsync(int number, Me me, ReadTickets tickets, HttpContext context, CancellationToken cancel) => AnswerAsync(number, me.Client!, tickets, context, 200, cancel);

    private static async Task<IResult> OpenAsync([FromBody] OpenRequest body, Me me, OpenByProgram open, ReadTickets tickets, HttpContext context, CancellationToken cancel)
    {
        var (number, again, problem) = await open.RunAsync(me.Client!, body, context.Request.Headers[ApiKey.Header].FirstOrDefault(), ApiKey.HashOf(context, body), cancel);
        if (problem is not null) return problem;
        context.Response.Headers.Location = $"/api/v1/clients/{me.Client!.Slug}/tickets/{number}";
        return await AnswerAsync(number!.Value, me.Client, tickets, context, again ? 200 : 201, cancel, again);
    }

    private static async Task<IResult> MessageAsync(int number, [FromBody] MessageRequest body, Me me, ContactOf contacts, ActOnTicket act, ReadTickets tickets, HttpContext context, CancellationToken cancel)
    {
        if (me.StaffOrNone is not null) return ApiResults.Wrong("A token of staff writes with /reply, or /notes for colleagues alone.");
        if (Text(body.Text) is { } wrong) return wrong;
        var (contact, problem) = await contacts.RunAsync(me.Client!, number, body.Contact, cancel);
        return contact is null ? problem! : await DoAsync(number, me, act, tickets, context, body, (ticket, now) => ticket.ContactReplies(body.Text.Trim(), Channel.Api, contact, now, out _), cancel);
    }

    private static Task<IResult> TakeAsync(int number, Me me, ActOnTicket act, ReadTickets tickets, HttpContext context, CancellationToken cancel) =>
        OfStaffAsync(number, me, act, tickets, context, null, (ticket, now) => ticket.Take(me.Staff.Id, me.AsActor(), now), cancel);

    private static Task<IResult> ReplyAsync(int number, [FromBody] ReplyRequest body, Me me, ActOnTicket act, ReadTickets tickets, HttpContext context, CancellationToken cancel) =>
        Text(body.Text) is { } wrong ? Task.FromResult<IResult>(wrong) : OfStaffAsync(number, me, act, tickets, context, body, (ticket, now) => ticket.StaffReplies(body.Text.Trim(), body.Wait, Channel.Api, me.AsActor(), now), cancel);

    private static async Task<IResult> NoteAsync(int number, [FromBody] NoteRequest body, Me me, GuideMentions mentions, ActOnTicket act, ReadTickets tickets, HttpContext context, CancellationToken cancel)
    {
        if (Text(body.Text) is { } wrong) return wrong;
        var tier = me.StaffOrNone is null ? 0 : await mentions.TierOfAsync(me.Client!.Id, body.Text, cancel);
        return await OfStaffAsync(number, me, act, tickets, context, body, (ticket, now) => { ticket.Note(body.Text.Trim(), me.Staff.Id, me.AsActor(), now, tier); return null; }, cancel);
    }

    private static async Task<IResult> ResolveAsync(int number, [FromBody] ResolveRequest body, Me me, ContactOf contacts, ActOnTicket act, ReadTickets tickets, HttpContext context, CancellationToken cancel)
    {
        if (new[] { body.Summary, body.Cause, body.Workaround, body.PermanentFix, body.Prevention }.Any(t => t?.Length > OpenByProgram.LongestText)) return ApiResults.Wrong($"Each text has at most {OpenByProgram.LongestText} characters.");
        var resolution = new Resolution(body.Summary?.Trim() ?? "", Given(body.Cause), Given(body.Workaround), Given(body.PermanentFix), Given(body.Prevention));
        if (me.StaffOrNone is not null && resolution.Summary.Length == 0) return ApiResults.Wrong("“summary” is empty: say how it was solved.");
        if (me.StaffOrNone is not null) return await OfStaffAsync(number, me, act, tickets, context, body, (ticket, now) => ticket.Resolve(resolution, null, me.AsActor(), now), cancel);
        var (contact, problem) = await contacts.RunAsync(me.Client!, number, null, cancel);
        if (contact is null) return problem!;
        return await DoAsync(number, me, act, tickets, context, body, (ticket, now) => ticket.Resolve(resolution.Summary.Length > 0 ? resolution : resolution with { Summary = "Closed by the contact." }, null, contact, now), cancel);
    }

    private static async Task<IResult> ReopenAsync(int number, [FromBody] ReopenRequest body, Me me, ContactOf contacts, ActOnTicket act, ReadTickets tickets, HttpContext context, CancellationToken cancel)
    {
        if (Text(body.Text) is { } wrong) return wrong;
        var text = body.Text.Trim();
        if (me.StaffOrNone is not null) return await OfStaffAsync(number, me, act, tickets, context, body, (ticket, now) => ticket.Reopen(text, me.AsActor(), now), cancel);
        var (contact, problem) = await contacts.RunAsync(me.Client!, number, null, cancel);
        return contact is null ? problem! : await DoAsync(number, me, act, tickets, context, body, (ticket, now) => ticket.Reopen(CleanText.FirstLine(text), contact, now) ?? ticket.ContactReplies(text, Channel.Api, contact, now, out _), cancel);
    }

    private static Task<IResult> OfStaffAsync(int number, Me me, ActOnTicket act, ReadTickets tickets, HttpContext context, object? body, Func<Ticket, DateTimeOffset, Refusal?> verb, CancellationToken cancel) =>
        me.StaffOrNone is null ? Task.FromResult<IResult>(ApiResults.ForStaff()) : DoAsync(number, me, act, tickets, context, body, verb, cancel);

    private static async Task<IResult> DoAsync(int number, Me me, ActOnTicket act, ReadTickets tickets, HttpContext context, object? body, Func<Ticket, DateTimeOffset, Refusal?> verb, CancellationToken cancel)
    {
        var (problem, again) = await act.RunAsync(me.Client!, number, context, body, verb, cancel);
        return problem ?? await AnswerAsync(number, me.Client!, tickets, context, 200, cancel, again);
    }

    private static async Task<IResult> AnswerAsync(int number, Client client, ReadTickets tickets, HttpContext context, int status, CancellationToken cancel, bool again = false)
    {
        if (await tickets.OneAsync(client, number, cancel) is not var (ticket, version)) return ApiResults.NotFound();
        context.Response.Headers.ETag = version;
        if (again) context.Response.Headers["Idempotent-Replayed"] = "true";
        return HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.IfNoneMatch.Contains(version) ? TypedResults.StatusCode(304) : TypedResults.Json(ticket, statusCode: status);
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static ProblemHttpResult? Text(string text) => string.IsNullOrWhiteSpace(text) ? ApiResults.Wrong("“text” is empty.") : text.Length > OpenByProgram.LongestText ? ApiResults.Wrong($"“text” has {text.Length} characters; {OpenByProgram.LongestText} are read.") : null;
}
