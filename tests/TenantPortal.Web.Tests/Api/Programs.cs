using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Features.Api;

namespace TenantPortal.Web.Tests.Api;

/// <summary>Programs with tokens, and the short ways in which they speak.</summary>
internal static class Programs
{
    public const ApiScopes All = ApiScopes.TicketsRead | ApiScopes.TicketsWrite | ApiScopes.RecordsRead | ApiScopes.RecordsWrite | ApiScopes.Search;

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<string> TokenAsync(this Portal portal, Client? client, StaffMember? staff = null, ApiScopes scopes = All, int days = 30, string name = "test")
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var (token, refusal) = await scope.ServiceProvider.GetRequiredService<MakeToken>().RunAsync(name, client, staff, scopes, days, "test", null, Cancel);
        Assert.Null(refusal);
        return token!;
    }

    public static async Task<HttpClient> ProgramAsync(this Portal portal, Client? client, StaffMember? staff = null, ApiScopes scopes = All) => portal.Program(await portal.TokenAsync(client, staff, scopes));

    public static HttpClient Program(this Portal portal, string token)
    {
        var program = portal.Browser(follow: false);
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return program;
    }

    public static async Task<(int Status, JsonElement Body, HttpResponseHeaders Headers)> CallAsync(this HttpClient program, HttpMethod method, string address, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative));
        if (body is string raw) request.Content = new StringContent(raw, Encoding.UTF8, "application/json");
        else if (body is not null) request.Content = JsonContent.Create(body);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await program.SendAsync(request, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        return ((int)answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone(), answer.Headers);
    }

    public static Task<(int Status, JsonElement Body, HttpResponseHeaders Headers)> AskAsync(this HttpClient program, string address, params (string Name, string Value)[] headers) => program.CallAsync(HttpMethod.Get, address, null, headers);

    public static Task<(int Status, JsonElement Body, HttpResponseHeaders Headers)> GiveAsync(this HttpClient program, string address, object? body, params (string Name, string Value)[] headers) => program.CallAsync(HttpMethod.Post, address, body, headers);

    public static string Text(this JsonElement body, string name) => body.GetProperty(name).ToString();
}
