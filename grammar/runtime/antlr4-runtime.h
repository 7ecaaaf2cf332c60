// The part of ANTLR's runtime that a generated parser needs. Its own header of this name brings the
// interpreters too, which clang rejects and nobody here uses.
#pragma once

#include <ANTLRErrorListener.h>
#include <ANTLRErrorStrategy.h>
#include <Exceptions.h>
#include <InputMismatchException.h>
#include <NoViableAltException.h>
#include <Parser.h>
#include <ParserRuleContext.h>
#include <RecognitionException.h>
#include <Token.h>
#include <TokenStream.h>
#include <Vocabulary.h>
#include <atn/ATN.h>
#include <atn/ATNDeserializer.h>
#include <atn/ParserATNSimulator.h>
#include <dfa/DFA.h>
#include <misc/IntervalSet.h>
#include <support/CPPUtils.h>
#include <tree/TerminalNode.h>
#include <antlr4-common.h>
