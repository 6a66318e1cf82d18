using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Api;

/// <summary>The doors for programs: registration, addresses, and how JSON is read and written.</summary>
public static class ApiFeature
{
    public static IServiceCollection AddApi(this IServiceCollection services) => services
        .ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(null, allowIntegerValues: false));
            json.SerializerOptions.Converters.Add(new CleanJson());
        })
        // without it a body that cannot be read is refused without a word
        .Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true)
        .AddOpenApi(ApiDocument.Name, ApiDocument.Describe)
        .AddScoped<ReadTickets>().AddScoped<Named>().AddScoped<ContactOf>().AddScoped<ApiKey>().AddScoped<OpenByProgram>().AddScoped<ActOnTicket>().AddScoped<MakeToken>();

    public static void MapApi(this WebApplication app)
    {
        app.MapOpenApi("/api/v1/openapi.json").AllowAnonymous();
        var api = app.MapGroup("/api/v1").RequireAuthorization(Sessions.Api).ProducesProblem(401).ProducesProblem(404);
        api.MapGet("/me", Myself).WithTags("token").WithSummary("What this token is and may do").Produces<MeAnswer>();
        var client = api.MapGroup("/clients/{client}").ProducesProblem(403);
        TicketDoors.Map(client);
        RecordDoors.Map(client);
        BringInDoor.Map(client);
    }

    private static Ok<MeAnswer> Myself(Me me, ClientDirectory clients)
    {
        var token = me.TokenOrNone!;
        var reached = clients.All.Where(c => c is { IsMsp: false, IsActive: true } && (token.TenantId == c.Id || me.StaffOrNone?.Serves(c.Id) == true));
        return TypedResults.Ok(new MeAnswer(token.Name, token.TenantId is { } own ? clients.ById(own)?.Slug : null, me.StaffOrNone?.Key, [.. ApiToken.Words(token.Scopes)], token.ExpiresAt, [.. reached.Select(c => new ClientAnswer(c.Slug, c.Name, c.TicketPrefix, c.TimeZone))]));
    }

    /// <summary>Every address below asks for this scope, and the document says so.</summary>
    internal static RouteGroupBuilder Needs(this RouteGroupBuilder group, ApiScopes scope)
    {
        group.WithMetadata(new NeededScope(scope));
        group.AddEndpointFilter((context, next) => context.HttpContext.RequestServices.GetRequiredService<Me>().TokenOrNone!.Scopes.HasFlag(scope) ? next(context) : ValueTask.FromResult<object?>(ApiResults.LacksScope(ApiToken.Word(scope))));
        return group;
    }

    internal static RouteHandlerBuilder WithKey(this RouteHandlerBuilder door) => door.WithMetadata(new ReadHeader(ApiKey.Header, "Your own key for this request: the same key carries it out once, and answers the same again for a week."));

    internal static RouteHandlerBuilder WithVersion(this RouteHandlerBuilder door) => door.WithMetadata(new ReadHeader("If-Match", "The ETag that you have read: the change is refused with 412 where somebody was quicker."));

    /// <summary>Text without the characters that nobody types and the database refuses.</summary>
    private sealed class CleanJson : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String ? CleanText.Of(reader.GetString()!) : throw new JsonException("A text is expected here.");
        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}

internal sealed record NeededScope(ApiScopes Scope);

internal sealed record ReadHeader(string Name, string Meaning);
