using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TenantPortal.Domain.People;

namespace TenantPortal.Web.Features.Api;

/// <summary>The OpenAPI document of the doors for programs, made from the addresses themselves.</summary>
public static class ApiDocument
{
    public const string Name = "v1";
    private const string Bearer = "token";

    public static void Describe(OpenApiOptions options)
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) => { Head(document); return Task.CompletedTask; });
        options.AddOperationTransformer((operation, context, _) => { Describe(operation, context); return Task.CompletedTask; });
    }

    private static void Head(OpenApiDocument document)
    {
        document.Info = new() { Title = "TenantPortal", Version = "1", Description = "Every request carries a bearer token. What is wrong is said as problem+json (RFC 9457) with a sentence. Times are UTC. New fields may appear in answers; unknown fields in requests are refused." };
        document.Servers = [];
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme> { [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A token of a client or of a member of staff: docs/api.md." } };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
    }

    private static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.OperationId = $"{context.Description.HttpMethod?.ToLowerInvariant()}-{(context.Description.RelativePath ?? "")["api/v1/".Length..].Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal).Replace('/', '-')}".TrimEnd('-');
        foreach (var needed in metadata.OfType<NeededScope>()) operation.Description = $"{operation.Description} Needs the scope {ApiToken.Word(needed.Scope)}.".Trim();
        operation.Parameters ??= [];
        foreach (var header in metadata.OfType<ReadHeader>()) operation.Parameters.Add(new OpenApiParameter { Name = header.Name, In = ParameterLocation.Header, Description = header.Meaning, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        // read from the address before any handler runs, so no handler's parameter names it
        if (context.Description.RelativePath!.Contains("{client}", StringComparison.Ordinal) && !operation.Parameters.Any(p => p.Name == "client"))
            operation.Parameters.Insert(0, new OpenApiParameter { Name = "client", In = ParameterLocation.Path, Required = true, Description = "The client's short name, such as northwind.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
    }
}
